// Click a word, or move to it with the arrow keys and press Enter, to hear the answer from there.
(() => {
  const LEAD = 0.15; // s before a word, so that its beginning is heard
  const audio = document.querySelector("audio");
  const transcript = document.querySelector(".transcript");
  const hint = document.querySelector(".hint");
  if (!audio || !transcript) return;
  const words = [...transcript.querySelectorAll("[data-start]")];
  const starts = words.map((word) => Number(word.dataset.start));
  let reachable = words[0];
  let now = null;

  let until = Infinity; // s, where a moment ends that is played on its own

  const play = (start, end = Infinity) => {
    until = end + LEAD;
    audio.currentTime = Math.max(0, Number(start) - LEAD);
    audio.play().catch((error) => {
      if (error.name !== "AbortError") hint.textContent = `Your browser can't play this recording (${error.name}).`;
    });
  };
  const reach = (word) => {
    reachable.tabIndex = -1;
    reachable = word;
    word.tabIndex = 0;
    transcript.dispatchEvent(new CustomEvent("chosen", { detail: word }));
  };
  const follow = () => {
    const time = audio.currentTime;
    const at = starts.findLastIndex((start) => start <= time);
    const word = at >= 0 && time <= Number(words[at].dataset.end) + LEAD ? words[at] : null;
    if (word !== now) {
      now?.classList.remove("now");
      word?.classList.add("now");
      now = word;
    }
    if (time >= until) audio.pause();
    if (!audio.paused) requestAnimationFrame(follow);
  };

  transcript.classList.add("live");
  transcript.setAttribute("role", "group");
  transcript.setAttribute("aria-label", "Transcript: play from a word");
  hint.hidden = false;
  for (const word of words) {
    word.setAttribute("role", "button");
    word.tabIndex = -1;
  }
  reach(words[0]);
  transcript.addEventListener("click", (event) => {
    const word = event.target.closest("[data-start]");
    if (!word) return;
    reach(word);
    play(word.dataset.start);
  });
  transcript.addEventListener("keydown", (event) => {
    const at = words.indexOf(reachable);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: words.length - 1 }[event.key];
    if (next !== undefined) {
      reach(words[Math.min(Math.max(next, 0), words.length - 1)]);
      reachable.focus();
    } else if (event.key === "Enter" || event.key === " ") play(reachable.dataset.start);
    else return;
    event.preventDefault();
  });
  for (const moment of document.querySelectorAll(".moment")) {
    const hear = (event) => {
      event.preventDefault();
      play(moment.dataset.from, Number(moment.dataset.until));
    };
    moment.classList.add("live");
    moment.setAttribute("role", "button");
    moment.setAttribute("aria-label", `Play from ${moment.textContent}`);
    moment.tabIndex = 0;
    moment.addEventListener("click", hear);
    moment.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") hear(event); });
  }
  document.addEventListener("hear", ({ detail }) => play(detail.start, detail.end)); // what listener.js asks for
  addEventListener("beforeprint", () => { for (const fold of document.querySelectorAll("details:not(.empty)")) fold.open = true; });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") audio.pause(); });
  audio.addEventListener("pause", () => { until = Infinity; });
  audio.addEventListener("play", () => requestAnimationFrame(follow));
  audio.addEventListener("seeked", follow);
})();
