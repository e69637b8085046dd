'use strict';
(() => {
  const form = document.querySelector('.search');
  const input = form.querySelector('input[type=search]');
  const only = form.querySelector('input[type=checkbox]');
  const found = form.querySelector('.found');
  const [before, after, clear] = form.querySelectorAll('button');
  const texts = [...document.querySelectorAll('.text')];
  const blocks = [...document.querySelectorAll('.turn, .chat')];
  /* More can hardly be wanted, and a long meeting would take seconds to mark. */
  const most = 2000;
  let marks = [];
  let now = -1;
  let speaker = '';

  function unmark() {
    const parents = new Set(marks.map(mark => mark.parentNode));
    marks.forEach(mark => mark.replaceWith(...mark.childNodes));
    parents.forEach(parent => parent.normalize());
    marks = [];
    now = -1;
  }

  function textNodes(element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes;
  }

  function mark(node, pattern) {
    const ranges = [...node.data.matchAll(pattern)].map(match => [match.index, match[0].length]);
    const made = [];
    for (const [start, length] of ranges.reverse()) {
      const hit = node.splitText(start);
      hit.splitText(length);
      const wrapped = document.createElement('mark');
      hit.replaceWith(wrapped);
      wrapped.append(hit);
      made.unshift(wrapped);
    }
    marks.push(...made);
  }

  function search() {
    unmark();
    const words = input.value.trim();
    if (words) {
      const pattern = new RegExp(words.replace(/[\\^$.*+?()[\]{}|\/]/g, '\\$&').replace(/\s+/g, '\\s+'), 'giu');
      texts.forEach(text => {
        if (marks.length < most) textNodes(text).forEach(node => mark(node, pattern));
      });
    }
    show();
    if (words) go(0); else say();
  }

  /* What is hidden: other speakers' turns if one is chosen, and what has no hit if only hits are wanted. */
  function show() {
    const hitsOnly = only.checked && input.value.trim() !== '';
    const hits = new Set(marks.map(hit => hit.closest('.turn, .chat')));
    blocks.forEach(block => {
      block.hidden = speaker !== '' && block.dataset.speaker !== speaker || hitsOnly && !hits.has(block);
    });
  }

  function visible() {
    return marks.filter(hit => !hit.closest('[hidden]'));
  }

  function say() {
    const hits = visible();
    found.textContent = input.value.trim() === '' ? '' : hits.length === 0 ? 'not found' : (now + 1) + ' of ' + hits.length + (marks.length < most ? '' : '+');
    before.disabled = after.disabled = hits.length === 0;
    clear.disabled = input.value === '' && speaker === '';
  }

  function go(to) {
    const hits = visible();
    marks.forEach(hit => hit.classList.remove('now'));
    now = hits.length ? (to + hits.length) % hits.length : -1;
    if (now >= 0) {
      hits[now].classList.add('now');
      hits[now].scrollIntoView({block: 'center'});
    }
    say();
  }

  function choose(name) {
    speaker = speaker === name ? '' : name;
    document.querySelectorAll('button.name').forEach(button =>
      button.setAttribute('aria-pressed', String(button.dataset.speaker === speaker)));
    show();
    if (marks.length) go(0); else say();
  }

  document.querySelectorAll('tbody .name').forEach(name => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'name';
    button.dataset.speaker = name.closest('tr').dataset.speaker;
    button.setAttribute('aria-pressed', 'false');
    button.append(...name.childNodes);
    button.addEventListener('click', () => choose(button.dataset.speaker));
    name.replaceWith(button);
  });
  document.querySelectorAll('.lane').forEach(lane => lane.addEventListener('click', event => {
    const box = lane.getBoundingClientRect();
    const time = (event.clientX - box.left) / box.width * Number(lane.dataset.length);
    const turns = blocks.filter(block => !block.hidden && Number(block.dataset.start) <= time);
    (turns[turns.length - 1] || blocks[0]).scrollIntoView({block: 'center'});
  }));
  document.querySelectorAll('.hint').forEach(hint => { hint.hidden = false; });

  let typing;
  input.addEventListener('input', () => { clearTimeout(typing); typing = setTimeout(search, 150); });
  only.addEventListener('change', () => { show(); if (marks.length) go(0); else say(); });
  form.addEventListener('submit', event => { event.preventDefault(); if (marks.length) go(now + 1); });
  input.addEventListener('keydown', event => {
    if (event.key === 'Enter' && event.shiftKey) { event.preventDefault(); if (marks.length) go(now - 1); }
    if (event.key === 'Escape') { input.value = ''; search(); }
  });
  before.addEventListener('click', () => go(now - 1));
  clear.addEventListener('click', () => { input.value = ''; if (speaker) choose(speaker); search(); input.focus(); });
  form.hidden = false;
  say();
})();
