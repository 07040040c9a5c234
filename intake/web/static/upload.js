// Sends scans to the register one after the other, each with its progress and its outcome in words.
// Without this script the same form sends the same scans in one go.
"use strict";
(() => {
  // A page of the letter that was asked for must come into view where the screen is too small for both.
  // A list that renews itself waits while the keyboard is in it: the focus would be gone between Tab and Enter.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const target = event.detail.target;
    if (target && target.id === "letters" && target.contains(document.activeElement)) event.preventDefault();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const viewer = document.getElementById("page");
    if (!viewer || event.detail.target.id !== "page") return;
    const place = viewer.getBoundingClientRect();
    if (place.bottom < 0 || place.top > innerHeight) viewer.scrollIntoView();
  });

  const form = document.getElementById("receive");
  if (!form) return;
  const drop = document.getElementById("drop");
  const input = document.getElementById("scan");
  const list = document.getElementById("uploads");
  const news = document.getElementById("upload-news");
  const words = list.dataset;
  const waiting = [];
  let busy = false;

  const remedyFor = (problem) => {
    const known = [...document.querySelectorAll("#remedies li")].find((one) => one.dataset.code === problem.code);
    return known ? known.textContent : problem.remedy || words.offline;
  };

  // Puts a link where a sentence says %(number)s.
  const say = (outcome, sentence, letter) => {
    const [before, after] = sentence.split("%(number)s");
    outcome.replaceChildren(before);
    if (after === undefined || !letter) return;
    const link = document.createElement("a");
    link.href = "/letters/" + encodeURIComponent(letter.id);
    link.textContent = letter.number;
    outcome.append(link, after);
  };

  const settle = (upload, request) => {
    const { outcome, name } = upload;
    let answer = {};
    try { answer = JSON.parse(request.responseText); } catch { /* an answer without a body speaks by its status */ }
    outcome.classList.toggle("failed", request.status !== 200 && request.status !== 202);
    if (request.status === 202) say(outcome, words.registered, answer);
    else if (request.status === 200) say(outcome, words.before, answer);
    else if (request.status === 413) say(outcome, words.tooLarge);
    else if (answer.number) {
      say(outcome, words.unreadable, answer);
      outcome.append(" " + remedyFor(answer));
    } else say(outcome, request.status ? remedyFor(answer) : words.offline);
    news.textContent = name + ": " + outcome.textContent;
    if (window.htmx) htmx.ajax("GET", "/register/letters" + location.search, { target: "#letters", swap: "outerHTML" });
    busy = false;
    next();
  };

  const send = (upload) => {
    const body = new FormData();
    for (const [name, value] of upload.fields) body.append(name, value);
    body.append("scan", upload.file, upload.name);
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", words.sending.replace("%(name)s", upload.name));
    upload.outcome.replaceChildren(bar);
    const request = new XMLHttpRequest();
    request.open("POST", "/api/v1/letters");
    request.setRequestHeader("X-CSRF-Token", document.querySelector("meta[name=csrf-token]").content);
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
    request.addEventListener("loadend", () => settle(upload, request));
    request.send(body);
  };

  const next = () => {
    if (busy || !waiting.length) return;
    busy = true;
    send(waiting.shift());
  };

  const take = (files) => {
    const said = new FormData(form);
    const fields = ["channel", "note", "urgent"].filter((name) => said.get(name)).map((name) => [name, said.get(name)]);
    for (const file of files) {
      const item = document.createElement("li");
      const name = document.createElement("bdi");
      const outcome = document.createElement("span");
      name.className = "name";
      name.textContent = file.name;
      outcome.className = "outcome";
      outcome.textContent = words.waiting;
      item.append(name, outcome);
      list.append(item);
      waiting.push({ file, name: file.name, fields, outcome });
    }
    next();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    take([...input.files]);
    input.value = "";
  });
  const holdsFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  // A scan dropped beside the area must not replace the page.
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => { if (holdsFiles(event)) event.preventDefault(); });
  }
  drop.addEventListener("dragover", (event) => { if (holdsFiles(event)) drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    drop.classList.remove("over");
    if (holdsFiles(event)) take([...event.dataTransfer.files]);
  });
})();
