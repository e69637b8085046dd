// Fills the status page. Everything that comes from a meeting is set as text, never as markup.
"use strict";

const EVERY_MS = 5000;
const PAGE = 50;
const LONGEST = 500;
const NAMES = {processing: "processing", discovered: "waiting", submitting: "submitting", transcribing: "transcribing", delivered: "delivered",
  failed: "failed", skipped: "skipped"};

const byId = id => document.getElementById(id);
const query = new URLSearchParams(location.hash.slice(1));
let state = NAMES[query.get("state")] ? query.get("state") : "";
let text = query.get("text") || "";
let shown = PAGE;
let older = []; // recordings beyond the part that is kept up to date
let isMore = false;
let reach = null; // how far a search has come
let further = false; // whether that is beyond the part that is kept up to date
let offset = 0; // of the ledger's clock, in milliseconds
let asked = 0;

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "click") element.addEventListener("click", value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

function draw(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

async function get(path, parameters, method = "GET") {
  const answer = await fetch(path + "?" + new URLSearchParams(parameters), {method, cache: "no-store"});
  if (!answer.ok) throw new Error(answer.headers.get("content-type")?.startsWith("application/json") ? (await answer.json()).error : await answer.text());
  return answer.json();
}

/** What the program says, or that it says nothing. */
const told = problem => problem instanceof TypeError ? "zoom-transcriber does not answer: " + problem.message : problem.message;

const number = value => value.toLocaleString("en");

function duration(seconds) {
  const s = Math.max(0, Math.round(seconds));
  if (s < 120) return s + " s";
  if (s < 7200) return Math.round(s / 60) + " min";
  if (s < 172800) return (s / 3600).toFixed(1) + " h";
  return Math.round(s / 86400) + " days";
}

const ago = instant => duration((Date.now() + offset - new Date(instant)) / 1000) + " ago";

function date(instant) {
  return instant === null ? "" : new Intl.DateTimeFormat("sv", {dateStyle: "short", timeStyle: "short"}).format(new Date(instant));
}

const stamp = instant => new Intl.DateTimeFormat("sv", {dateStyle: "short", timeStyle: "medium"}).format(new Date(instant));

function exact(instant) {
  return instant === null ? "" : stamp(instant) + " (" + ago(instant) + ")";
}

function definitions(pairs) {
  return pairs.filter(([, value]) => value !== null && value !== undefined && value !== "")
      .flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]);
}

function showStates(summary) {
  const all = Object.values(summary.states).reduce((sum, count) => sum + count, 0);
  const tiles = [["", "all", all], ...Object.keys(NAMES).map(name => [name, NAMES[name], summary.states[name]])];
  const focused = document.activeElement?.dataset?.state;
  byId("states").replaceChildren(...tiles.map(([value, name, count]) => make("button",
      {type: "button", "data-state": value, "aria-pressed": String(value === state), class: (value || "all") + (count === 0 ? " zero" : ""),
        click: () => choose(value)}, make("b", {}, number(count)), name)));
  if (focused !== undefined) byId("states").querySelector(`[data-state="${focused}"]`)?.focus();
}

function showFacts(summary) {
  const alarms = [
    ["Submissions have been paused since ", summary.paused, ", and resume by themselves once AssemblyAI accepts one. "],
    ["Deliveries have been paused since ", summary.deliveriesPaused, ", and resume by themselves once one succeeds. Their transcripts are kept. "],
    ...Object.entries(summary.stepsPaused).map(([step, pause]) => ["The step " + step + " has been paused since ", pause, ", and resumes by itself once it succeeds. "]),
  ].filter(([, pause]) => pause !== null).map(([begin, pause, end]) => begin + date(pause.updatedAt) + end + pause.text);
  byId("alarm").hidden = alarms.length === 0;
  byId("alarm").textContent = alarms.join(" ");
  const took = summary.durations;
  byId("facts").replaceChildren(...definitions([
    ["last tick", summary.tick === null ? "none yet" : ago(summary.tick.updatedAt) + ": " + summary.tick.text],
    ["oldest unfinished", summary.oldestUnfinished === null ? null : "found " + ago(summary.oldestUnfinished)],
    ["to be done after delivery", Object.entries(summary.steps).map(([step, count]) => step + " for " + number(count.open)
        + (count.failing === 0 ? "" : ", " + number(count.failing) + " tried in vain: " + count.reason)).join("; ")],
    ["stuck", summary.stuck === 0 ? null : number(summary.stuck) + ", AssemblyAI has been working on them for too long"],
    ["time taken", took.recordings === 0 ? null : `${number(took.recordings)} delivered in the last ${summary.hours} h: median ${duration(took.fromFound)} `
        + `after they were found, ${duration(took.fromSubmission)} after they were submitted; nine of ten within ${duration(took.nineOfTen)}`],
  ]));
}

/** A bar chart with a group of bars for each day. */
function bars(days, series, label) {
  const width = 360, height = 110, foot = 16, left = 34;
  const most = Math.max(...days.flatMap(day => series.map(([, of]) => of(day))));
  const top = most <= 0 ? 1 : niceTop(most);
  const step = (width - left) / days.length;
  const bar = Math.max(2, (step - 4) / series.length);
  const picture = draw("svg", {viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label});
  for (const part of [0.5, 1]) {
    const y = (height - foot) - part * (height - foot - 10);
    picture.append(draw("line", {x1: left, x2: width, y1: y, y2: y}),
        draw("text", {x: left - 4, y: y + 3, "text-anchor": "end"}, number(top * part)));
  }
  picture.append(draw("line", {x1: left, x2: width, y1: height - foot, y2: height - foot}));
  days.forEach((day, i) => {
    const x = left + i * step + 2;
    const group = draw("g", {}, draw("title", {}, day.date + ": " + series.map(([name, of]) => `${name} ${number(Math.round(of(day) * 100) / 100)}`).join(", ")));
    group.append(draw("rect", {x: x - 2, y: 0, width: step, height: height - foot, fill: "transparent"}));
    series.forEach(([name, of], j) => {
      const tall = of(day) === 0 ? 0 : Math.max(1, of(day) / top * (height - foot - 10));
      group.append(draw("rect", {class: name, x: x + j * bar, y: height - foot - tall, width: Math.max(1, bar - 1), height: tall}));
    });
    picture.append(group);
    if ((days.length - 1 - i) % 3 === 0) {
      picture.append(draw("text", {x: x + step - 4, y: height - 4, "text-anchor": "end"}, day.date.slice(8) + "." + day.date.slice(5, 7) + "."));
    }
  });
  return picture;
}

function niceTop(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 4, 5, 10].map(factor => factor * power).find(top => top >= most);
}

function showPlots(summary) {
  byId("days").replaceChildren(bars(summary.days, [["found", day => day.found], ["delivered", day => day.delivered], ["failed", day => day.failed]],
      "Recordings found, delivered and failed per day"));
  byId("hours").replaceChildren(bars(summary.days, [["delivered", day => day.audioSeconds / 3600]], "Hours of audio per day"));
  byId("took").replaceChildren(bars(summary.days, [["took", day => day.tookSeconds / 60]], "Median minutes from finding a recording to its files, per day"));
}

function row(recording) {
  const details = make("details", {"data-id": recording.id});
  const story = make("div", {class: "story"});
  details.append(make("summary", {}), story);
  details.addEventListener("toggle", () => details.open && showStory(recording.id, story));
  return make("li", {}, details);
}

function fill(item, recording) {
  const details = item.firstChild;
  const version = JSON.stringify(recording);
  if (details.dataset.version === version) return;
  const changed = details.dataset.version !== undefined;
  details.dataset.version = version;
  details.firstChild.replaceChildren(
      make("span", {class: "topic"}, recording.topic || "(no topic)"),
      make("span", {class: "host", title: recording.host}, recording.host || ""),
      make("span", {class: "when", title: recording.minutes + " min"}, date(recording.start)),
      make("span", {class: "state is-" + recording.state}, NAMES[recording.state] + (recording.stuck ? ", stuck" : "")));
  if (recording.reason) details.firstChild.append(make("span", {class: "reason"}, recording.reason));
  if (changed && details.open) showStory(recording.id, details.lastChild);
}

function showRecordings(recordings, more) {
  isMore = more;
  const list = byId("recordings");
  const there = new Map([...list.children].map(item => [item.firstChild.dataset.id, item]));
  const items = recordings.map(recording => {
    const item = there.get(recording.id) || row(recording);
    fill(item, recording);
    return item;
  });
  if (items.length !== list.children.length || items.some((item, i) => item !== list.children[i])) list.replaceChildren(...items);
  byId("none").hidden = recordings.length > 0 || reach !== null;
  byId("more").hidden = !more && reach === null;
  byId("more").textContent = more ? "More" : "Search further back";
  byId("reach").hidden = more || reach === null;
  byId("reach").textContent = reach === null ? "" : (recordings.length === 0 ? "No match among" : "Searched") + " the recordings found since " + date(reach.since) + ".";
}

/** The history of a recording, the oldest event first: when, how long after the one before, the new state, and why. */
function timeline(events) {
  return events.length === 0 ? null : make("ol", {class: "events", "aria-label": "History"}, ...events.map((event, i) => {
    const details = [event.state === "submitting" ? `by ${event.handOff}, submission ${event.attempt}` : null, event.node ? "on " + event.node : null];
    return make("li", {},
        make("time", {datetime: event.at}, stamp(event.at)),
        make("span", {class: "later"}, i === 0 ? "" : "+" + duration((new Date(event.at) - new Date(events[i - 1].at)) / 1000)),
        make("span", {class: "state is-" + event.state}, i === 0 && event.state === "discovered" ? "found" : NAMES[event.state]),
        make("span", {class: "how"}, details.filter(detail => detail !== null).join(", ")),
        event.reason ? make("span", {class: "why"}, event.reason) : null);
  }));
}

async function showStory(id, place) {
  try {
    const {story, files, events, steps} = await get("api/recording", {id});
    const recording = story.recording;
    place.replaceChildren(...[
        ...(recording.state === "failed" ? [make("p", {class: "error"}, recording.reason || "Failed")] : []),
        make("dl", {}, ...definitions([
          ["recorded", exact(recording.start) + (recording.minutes ? ", " + recording.minutes + " min" : "")],
          ["found", exact(recording.found)],
          ["submitted", recording.submitted === null ? null : exact(recording.submitted) + (story.handOff ? ", by " + story.handOff : "")
              + (story.submissions > 1 ? ", submission " + story.submissions : "")],
          ["delivered", recording.delivered === null ? null : exact(recording.delivered)],
          ["last change", recording.delivered === null ? exact(recording.changed) : null],
          ["note", recording.state === "failed" ? null : recording.reason],
          ["host", recording.host],
          ["file", story.recordingType + (story.fileSize ? ", " + number(Math.ceil(story.fileSize / 1048576)) + " MB" : "")],
          ["audio", story.audioSeconds === null ? null : duration(story.audioSeconds) + (story.languageCode ? ", " + story.languageCode : "")
              + (story.speechModel ? ", " + story.speechModel : "")],
          ["recording", recording.id],
          ["meeting", story.meetingUuid],
          ["transcript", story.transcriptId],
          ["files", files.length === 0 ? null : make("ul", {}, ...files.map(name => make("li", {},
              make("a", {href: "file?" + new URLSearchParams({id, name}), target: "_blank", rel: "noopener"}, name))))],
          ["after delivery", steps.length === 0 ? null : make("ul", {}, ...steps.map(step => make("li", {}, step.name + ": "
              + (step.doneAt !== null ? "done, " + exact(step.doneAt)
                  : "not done yet" + (step.reason === null ? "" : ", tried in vain " + step.tries + " times: " + step.reason)))))],
        ])),
        timeline(events),
        ...(recording.state === "failed" ? [make("p", {}, make("button", {type: "button", class: "retry", click: event => retry(id, place, event.target)}, "Retry"))] : [])].filter(part => part !== null));
  } catch (problem) {
    place.replaceChildren(make("p", {class: "error"}, problem.message));
  }
}

async function retry(id, place, button) {
  button.disabled = true;
  try {
    await get("api/retry", {id}, "POST");
    place.replaceChildren(make("p", {role: "status"}, "Retrying: work on it resumes within seconds."));
  } catch (problem) {
    place.append(make("p", {class: "error", role: "alert"}, problem.message));
    button.disabled = false;
  }
  refresh();
}

function choose(value) {
  state = value;
  begin();
}

function begin() {
  shown = PAGE;
  older = [];
  further = false;
  const hash = new URLSearchParams();
  if (state) hash.set("state", state);
  if (text) hash.set("text", text);
  history.replaceState(null, "", "#" + hash);
  for (const tile of byId("states").children) tile.setAttribute("aria-pressed", String(tile.dataset.state === state));
  refresh();
}

async function refresh() {
  const turn = ++asked;
  try {
    const [summary, page] = await Promise.all([get("api/status", {}), get("api/recordings", {state, text, length: shown})]);
    if (turn !== asked) return; // something else was asked for meanwhile
    offset = new Date(summary.now) - Date.now();
    showStates(summary);
    showFacts(summary);
    showPlots(summary);
    const live = new Set(page.recordings.map(recording => recording.id));
    const rest = older.filter(recording => !live.has(recording.id));
    if (!further) reach = page.searched;
    showRecordings([...page.recordings, ...rest], further ? isMore : page.more);
    byId("live").textContent = "as of " + new Date().toLocaleTimeString("sv");
    document.body.classList.remove("old");
  } catch (problem) {
    if (turn !== asked) return;
    document.body.classList.add("old");
    byId("live").textContent = told(problem);
  }
}

byId("search").value = text;
let typing;
byId("search").addEventListener("input", event => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    text = event.target.value.trim();
    begin();
  }, 250);
});
byId("more").addEventListener("click", async () => {
  if (!further && shown < LONGEST && reach === null) {
    shown = Math.min(LONGEST, shown + PAGE * 3);
    return refresh();
  }
  const after = reach !== null ? reach.after : byId("recordings").lastChild.firstChild.dataset.id;
  const wanted = state + "\n" + text;
  byId("more").disabled = true;
  try {
    const page = await get("api/recordings", {state, text, length: LONGEST, after});
    if (wanted !== state + "\n" + text) return; // another search has begun
    older.push(...page.recordings);
    isMore = page.more;
    reach = page.searched;
    further = true;
    refresh();
  } catch (problem) {
    byId("live").textContent = told(problem);
  } finally {
    byId("more").disabled = false;
  }
});
document.addEventListener("visibilitychange", () => document.hidden || refresh());
setInterval(() => document.hidden || refresh(), EVERY_MS);
refresh();
