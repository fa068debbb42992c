// The way to the server: blocks go out as they come, and whatever was not confirmed to be on its disk stays here and is
// sent again after any loss of the connection. The server's side of it is app_pages/server/live_route.py.

const FIRST_WAIT = 250; // ms before the first try to connect again; each further one waits twice as long
const LONGEST_WAIT = 4000; // ms
const SILENCE = 6000; // ms without an answer while something waits for one: the connection is dead though it looks open
const MOST_BUFFERED = 1 << 20; // bytes handed to the browser at once

// `on` has connected(isConnected), trouble(sentence or null), stopped() and gone(sentence).
function makeWire({ take, ticket, purpose, rate, device }, on) {
  const address = new URL(`live/${take}`, document.baseURI);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  address.search = address.hash = "";
  const blocks = []; // not confirmed, in order: {offset, bytes}
  let total = 0; // bytes that came
  let confirmed = 0; // bytes on the disk
  let next = 0; // which of the blocks is sent next
  let socket = null;
  let isGreeted = false;
  let tries = 0;
  let isStopping = false;
  let hasAskedToStop = false;
  let isOver = false;
  let heardAt = 0;
  let waiting = null;

  const greet = () => JSON.stringify({ purpose, rate, device, acknowledged: confirmed });

  function connect() {
    clearTimeout(waiting);
    if (isOver) return;
    isGreeted = hasAskedToStop = false;
    heardAt = performance.now();
    const opened = new WebSocket(address, ["answer-aloud", ticket]);
    socket = opened;
    opened.binaryType = "arraybuffer";
    opened.onopen = () => opened.send(greet());
    opened.onmessage = ({ data }) => opened === socket && hear(JSON.parse(data));
    opened.onclose = () => opened === socket && lose();
  }

  function lose() {
    if (isOver) return;
    socket = null;
    on.connected(false);
    waiting = setTimeout(connect, Math.min(FIRST_WAIT * 2 ** tries, LONGEST_WAIT) * (0.75 + Math.random() / 2));
    tries += 1;
  }

  function hear(answer) {
    heardAt = performance.now();
    if ("gone" in answer) finish(() => on.gone(answer.gone));
    else if ("stopped" in answer) finish(() => on.stopped(answer.stopped));
    else if ("error" in answer) on.trouble(answer.error);
    else if ("have" in answer) confirm(answer);
  }

  function finish(tell) {
    isOver = true;
    socket?.close();
    end();
    tell();
  }

  function confirm({ have, again }) {
    if (again) { // what is there is more, or less, than what was sent
      next = 0;
      hasAskedToStop = false;
    } else {
      confirmed = Math.max(confirmed, have);
      on.trouble(null);
    }
    while (blocks.length && blocks[0].offset + blocks[0].bytes.byteLength <= have) {
      blocks.shift();
      next = Math.max(next - 1, 0);
    }
    if (!isGreeted) {
      isGreeted = true;
      tries = 0;
      on.connected(true);
    }
    pump();
  }

  function pump() {
    if (!isGreeted || socket?.readyState !== WebSocket.OPEN) return;
    while (next < blocks.length && socket.bufferedAmount < MOST_BUFFERED) {
      const { offset, bytes } = blocks[next];
      const frame = new Uint8Array(8 + bytes.byteLength);
      new DataView(frame.buffer).setBigUint64(0, BigInt(offset), true);
      frame.set(bytes, 8);
      socket.send(frame);
      next += 1;
    }
    if (isStopping && next === blocks.length && !hasAskedToStop) {
      hasAskedToStop = true;
      socket.send(JSON.stringify({ stop: total }));
    }
  }

  const ticking = setInterval(() => {
    const isWaiting = blocks.length > 0 || isStopping || !isGreeted;
    if (socket && isWaiting && performance.now() - heardAt > SILENCE) {
      const dead = socket;
      socket = null;
      dead.close();
      lose();
    }
    pump();
  }, 200);
  const online = () => socket || connect();
  addEventListener("online", online);
  function end() {
    clearInterval(ticking);
    clearTimeout(waiting);
    removeEventListener("online", online);
  }

  connect();
  return {
    add(bytes) {
      if (!blocks.length) heardAt = Math.max(heardAt, performance.now() - SILENCE / 2);
      blocks.push({ offset: total, bytes });
      total += bytes.byteLength;
      pump();
    },
    stop() {
      isStopping = true;
      pump();
    },
    get total() { return total; },
    get isOver() { return isOver; },
  };
}
