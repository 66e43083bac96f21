/**
 * The page's script, as text: it runs in the reader's browser, never here. Without it the page still shows everything; it only filters.
 * Keys: `/` searches, j and k go down and up, Enter opens, Escape clears.
 */
export const script = `
'use strict';
(() => {
  const form = document.querySelector('form');
  const rows = Array.from(document.querySelectorAll('details.result'));
  const count = document.getElementById('count');
  const empty = document.getElementById('empty');
  const facets = ['level', 'policy', 'application', 'namespace'];
  const haystacks = rows.map((row) => row.textContent.toLowerCase());
  const apply = () => {
    const words = form.elements.search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, index) => {
      const fits = facets.every((facet) => form.elements[facet].value === '' || row.dataset[facet] === form.elements[facet].value)
        && words.every((word) => haystacks[index].includes(word));
      row.hidden = !fits;
      if (fits) shown++;
    });
    count.textContent = shown === rows.length ? rows.length + ' shown' : shown + ' of ' + rows.length + ' shown';
    empty.hidden = shown > 0 || rows.length === 0;
    const state = new URLSearchParams(Array.from(new FormData(form)).filter(([, value]) => value !== ''));
    history.replaceState(null, '', state.size > 0 ? '#' + state : location.pathname + location.search);
  };
  const restore = () => {
    for (const [name, value] of new URLSearchParams(location.hash.slice(1))) if (form.elements[name]) form.elements[name].value = value;
  };
  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  for (const button of document.querySelectorAll('button[data-facet]')) {
    button.addEventListener('click', () => {
      form.elements[button.dataset.facet].value = button.dataset.value;
      apply();
      form.scrollIntoView({ block: 'start' });
    });
  }
  const move = (step) => {
    const visible = rows.filter((row) => !row.hidden);
    const at = visible.findIndex((row) => row.contains(document.activeElement));
    const next = visible[Math.min(Math.max(at + step, 0), visible.length - 1)];
    if (next) next.querySelector('summary').focus();
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /^(INPUT|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === 'Escape') { form.reset(); document.activeElement.blur(); }
    else if (typing) return;
    else if (event.key === '/') { event.preventDefault(); form.elements.search.focus(); }
    else if (event.key === 'j') move(1);
    else if (event.key === 'k') move(-1);
  });
  addEventListener('beforeprint', () => rows.forEach((row) => { row.open = true; }));
  restore();
  apply();
})();
`
