// The microphone as blocks of 16-bit samples, as it is: the browser's own processing is switched off, since it changes
// levels and swallows soft sounds.

const REMEMBERED_MICROPHONE = "answer-aloud-microphone"; // in this browser: which device was chosen
const PLAIN = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
const QUIETEST = -60; // dB re full scale, the left end of the meter
const STARTS_WITHIN = 5000; // ms; where there is nothing to play sound with, Firefox waits for ever
const BLOCKS = `
registerProcessor("answer-aloud-blocks", class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.empty();
    this.port.onmessage = () => {
      if (this.filled) this.send();
      this.port.postMessage(null);
      this.isOver = true;
    };
  }
  empty() {
    this.block = new Int16Array(Math.round(sampleRate / 10));
    this.filled = this.power = this.peak = 0;
  }
  process([channels], [output]) {
    if (this.isOver) return false;
    const length = channels.length ? channels[0].length : 0;
    for (let i = 0; i < length; i += 1) {
      let value = 0;
      for (const channel of channels) value += channel[i] / channels.length;
      this.power += value * value;
      this.peak = Math.max(this.peak, Math.abs(value));
      this.block[this.filled] = Math.max(-32768, Math.min(32767, Math.round(value * 32768)));
      this.filled += 1;
      if (this.filled === this.block.length) this.send();
    }
    return true;
  }
  send() {
    const samples = this.block.slice(0, this.filled);
    const level = Math.sqrt(this.power / this.filled);
    this.port.postMessage({ samples, level, peak: this.peak }, [samples.buffer]);
    this.empty();
  }
});
`;
const blocksModule = URL.createObjectURL(new Blob([BLOCKS], { type: "text/javascript" }));

function lacks() {
  if (!window.isSecureContext) return "secure";
  if (!navigator.mediaDevices?.getUserMedia) return "microphone";
  if (!window.AudioContext || !window.AudioWorkletNode) return "worklet";
  return window.WebSocket ? null : "socket";
}

function decibels(level) {
  return Math.max(QUIETEST, 20 * Math.log10(Math.max(level, 1e-6)));
}

// Opens the microphone; fails as getUserMedia does. `onBlock` gets {samples, level, peak}, `onGone` is called when the
// device goes away.
async function openMicrophone(deviceId, onBlock, onGone) {
  const audio = deviceId ? { ...PLAIN, deviceId: { ideal: deviceId } } : PLAIN;
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  const [track] = stream.getAudioTracks();
  const context = new AudioContext();
  try {
    await context.audioWorklet.addModule(blocksModule);
    const late = new Promise((_, refuse) => {
      setTimeout(() => refuse(new DOMException("no sound system", "NoSoundError")), STARTS_WITHIN);
    });
    if (context.state !== "running") await Promise.race([context.resume(), late]);
  } catch (error) {
    track.stop();
    context.close();
    throw error;
  }
  const source = context.createMediaStreamSource(stream);
  const node = new AudioWorkletNode(context, "answer-aloud-blocks");
  let settle = null;
  let isClosed = false;
  node.port.onmessage = ({ data }) => {
    if (data === null) settle?.();
    else onBlock(data);
  };
  track.onended = onGone;
  context.onstatechange = () => { // a call came in between, or the computer slept
    if (context.state !== "running" && context.state !== "closed") context.resume().catch(() => {});
  };
  source.connect(node).connect(context.destination); // its output is silence; without one, some browsers do not run it
  return {
    rate: context.sampleRate,
    label: track.label,
    deviceId: track.getSettings().deviceId ?? "",
    // Ends it; settles when the last block has come.
    async close() {
      if (isClosed) return;
      isClosed = true;
      track.onended = context.onstatechange = null;
      const ended = new Promise((done) => { settle = done; });
      node.port.postMessage("end");
      await Promise.race([ended, new Promise((done) => { setTimeout(done, 500); })]); // a dead device sends no more
      track.stop();
      source.disconnect();
      await context.close();
    },
  };
}

async function listMicrophones() {
  const devices = await navigator.mediaDevices.enumerateDevices();
  const inputs = devices.filter(({ kind, deviceId }) => kind === "audioinput" && deviceId);
  return inputs.filter(({ deviceId }) => !["default", "communications"].includes(deviceId));
}

async function playBack(samples, rate) {
  const context = new AudioContext();
  const buffer = context.createBuffer(1, samples.length, rate);
  buffer.copyToChannel(Float32Array.from(samples, (value) => value / 32768), 0);
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  const ended = new Promise((done) => { source.onended = done; });
  source.start();
  const limit = new Promise((done) => { setTimeout(done, 1000 * buffer.duration + 1500); }); // there may be no loudspeaker
  await Promise.race([ended, limit]);
  await context.close();
}

function rememberedMicrophone() {
  try {
    return localStorage.getItem(REMEMBERED_MICROPHONE) ?? "";
  } catch {
    return "";
  }
}

function rememberMicrophone(deviceId) {
  try {
    localStorage.setItem(REMEMBERED_MICROPHONE, deviceId);
  } catch { /* the choice holds for this page */ }
}
