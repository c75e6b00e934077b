'use strict';
// What a crash left, and how many such states were judged.
const crashView = (() => {
  const {element, visible, visibleLines, count, numbers, duration, place, markedPlace, source, frames, pairs, reachable, copy, button} = kit;
  const WORD = 8;
  const COPIES = ['Persistent', 'After the crash', 'In memory'];
  const LINES = 4;
  const STORES_OF_A_FATE = 8;
  const NAMED_STORES = 3;

  // ---- one state -----------------------------------------------------------------------------------------------

  function state(crash) {
    const section = element('section', 'crash',
      pairs([['Crash', crash.failurePoint], ['Markers passed', crash.markers.join(', ')]]),
      output(crash),
      crash.stores.length > 0 ? element('h3', '', 'Stores that were not certain to be persistent') : null,
      crash.stores.length > 0 ? stores(crash.stores) : null,
      crash.lines.length > 0 ? element('h3', '', 'Bytes of the lines they are in') : null,
      crash.lines.length > 0 ? legend() : null,
      ...lines(crash),
      pairs([['State', crash.id], ['Image', crash.image || 'not kept']]),
      reproduce(crash.reproduce));
    section.setAttribute('aria-label', 'What the crash left');
    return section;
  }

  function output(crash) {
    const heading = element('h3', '', 'The check ended with ', element('b', 'verdict', crash.verdict));
    if (!crash.output) {
      return element('div', '', heading, element('p', 'muted', 'It printed nothing.'));
    }
    const box = element('pre', 'output');
    box.textContent = visibleLines(crash.output.replace(/\s+$/, ''));
    return element('div', '', heading, reachable(box, 'Output of the check'));
  }

  function reproduce(command) {
    const shown = element('pre', 'command-line', command);
    return element('div', 'reproduce', element('h3', '', 'Check this state again ', copy('Copy the command', shown.textContent, shown)),
      reachable(shown, 'Command'));
  }

  // ---- its stores ----------------------------------------------------------------------------------------------

  function stores(all) {
    const storeRow = (store, index) => row('',
      cell('index', '', String(index + 1)),
      cell('', '', fate(store.fate)),
      cell('place', '', markedPlace(store.location), callers(store)),
      cell('', '', element('span', 'mono', lastName(store.path)), ' offset ' + numbers.format(store.offset) + ', '
        + count(store.length, 'byte'), store.thread ? element('div', 'muted', 'thread ' + store.thread) : null),
      cell('values', '', value('before', store.before, store), value('after', store.after, store)));
    const met = new Map();
    const rank = (name) => met.set(name, (met.get(name) || 0) + 1).get(name);
    const shown = all.map((store) => rank(store.fate) <= STORES_OF_A_FATE);
    const body = element('tbody', '', ...all.map((store, index) => shown[index] ? storeRow(store, index) : null));
    const headings = ['#', 'Fate', 'Stored at', 'Where', 'Before, and after'];
    return element('div', '', element('div', 'scroll', table('stores', null, headings, body)),
      more(shown.filter((is) => !is).length, 'more store', () => body.replaceChildren(...all.map(storeRow))));
  }

  /** On narrow pages rows are shown as cards, which costs a table its meaning for screen readers unless its parts say it. */
  function role(created, name) {
    created.setAttribute('role', name);
    return created;
  }

  function row(className, ...cells) {
    return role(element('tr', className, ...cells), 'row');
  }

  function cell(className, label, ...content) {
    const created = role(element('td', className, ...content), 'cell');
    created.dataset.label = label;
    return created;
  }

  function rowHeading(text) {
    return role(element('th', 'right', text), 'rowheader');
  }

  function table(className, caption, headings, body) {
    const head = row('', ...headings.map((heading) => role(element('th', '', heading), 'columnheader')));
    return role(element('table', className, caption, role(element('thead', '', head), 'rowgroup'), role(body, 'rowgroup')), 'table');
  }

  function more(number, noun, show) {
    if (number <= 0) {
      return null;
    }
    const rest = button('more', 'Show ' + count(number, noun), () => {
      rest.remove();
      show();
    });
    return rest;
  }

  function callers(store) {
    const rest = store.stack.slice(store.stack.length > 0 && place(store.stack[0]) === place(store.location) ? 1 : 0);
    return rest.length === 0 ? null : element('details', 'callers', element('summary', '', 'called by'), frames(rest));
  }

  function fate(name) {
    return element('span', 'fate ' + (['lost', 'survived', 'torn'].includes(name) ? name : ''), name);
  }

  function value(when, hexadecimal, store) {
    if (!hexadecimal) {
      return null;
    }
    const shown = hexadecimal.length / 2;
    return element('div', 'value', element('span', 'when', when + ' '), element('span', '',
      element('span', 'mono', hexadecimal.replace(/(.{16})(?=.)/g, '$1 ')),
      element('span', 'muted', (shown < store.length ? '\u00a0…' : '') + text(hexadecimal))));
  }

  /** What was stored, where it reads as a text. */
  function text(hexadecimal) {
    const ascii = (hexadecimal.match(/../g) || []).map((byte) => String.fromCharCode(parseInt(byte, 16))).join('').replace(/\0+$/, '');
    return /^[ -~]{3,}$/.test(ascii) ? ' "' + ascii + '"' : '';
  }

  function lastName(path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  // ---- its lines -----------------------------------------------------------------------------------------------

  function legend() {
    return element('p', 'legend',
      element('span', 'byte lost', '2a'), ' lost: stored, and not left by the crash  ',
      element('span', 'byte survived', '2a'), ' survived: left by the crash, though it was not certain  ',
      element('span', 'byte torn', '2a'), ' an earlier value survived, the last one did not');
  }

  function lines(crash) {
    const views = (some) => some.map((line) => lineTable(line, crash.stores)).filter((view) => view !== null);
    const rest = element('div', 'lines');
    return [element('div', 'lines', ...views(crash.lines.slice(0, LINES))), rest,
      more(crash.lines.length - LINES, 'more line', () => rest.append(...views(crash.lines.slice(LINES))))];
  }

  function bytes(hexadecimal) {
    return hexadecimal.match(/../g) || [];
  }

  /** A row for each 8 bytes: what a crash leaves whole; those that nothing happened to are only counted. */
  function lineTable(line, stores) {
    const [persistent, crashed, memory] = [bytes(line.persistent), bytes(line.crashed), bytes(line.memory)];
    const size = Math.max(persistent.length, crashed.length, memory.length);
    if (size === 0) {
      return null;
    }
    const words = [];
    for (let from = 0; from < size; from += WORD) {
      const word = {from, offset: line.offset + from, length: Math.min(WORD, size - from)};
      word.stores = stores.map((store, index) => ({store, index})).filter(({store}) => store.path === line.path
        && store.offset < word.offset + word.length && word.offset < store.offset + store.length);
      word.columns = [persistent, crashed, memory].map((all) => Array.from({length: word.length}, (_, i) => all[from + i]));
      word.equal = word.stores.length === 0 && word.columns[0].every((byte, i) =>
        byte === word.columns[1][i] && byte === word.columns[2][i]);
      words.push(word);
    }
    const body = element('tbody');
    let equal = [];
    const collapse = () => {
      if (equal.length > 0) {
        body.append(equalRow(equal));
        equal = [];
      }
    };
    for (const word of words) {
      if (word.equal) {
        equal.push(word);
      } else {
        collapse();
        body.append(wordRow(word));
      }
    }
    collapse();
    const caption = element('caption', '', element('span', 'mono', line.path), ', bytes ' + numbers.format(line.offset) + ' to '
      + numbers.format(line.offset + size - 1));
    return element('div', 'scroll', table('line', caption, ['Offset', ...COPIES, 'Stores'], body));
  }

  function wordRow(word) {
    const [persistent, crashed, memory] = word.columns;
    const fates = memory.map((now, i) => {
      if ([now, crashed[i], persistent[i]].includes(undefined)) {
        return '';
      }
      return crashed[i] === now ? (now === persistent[i] ? '' : 'survived') : (crashed[i] === persistent[i] ? 'lost' : 'torn');
    });
    const copies = word.columns.map((all, copy) => {
      const created = cell('bytes', COPIES[copy], ...all.map((byte, i) =>
        element('span', 'byte ' + (copy > 0 ? fates[i] : ''), byte === undefined ? '··' : byte)));
      created.title = text(all.join('')).trim();
      return created;
    });
    return row('', rowHeading(numbers.format(word.offset)), ...copies,
      cell('by', '', ...word.stores.slice(0, NAMED_STORES).map(storeName),
        word.stores.length > NAMED_STORES ? element('div', 'muted', count(word.stores.length - NAMED_STORES, 'more store')) : null));
  }

  function storeName({store, index}) {
    const name = element('div', '', fate(store.fate), ' #' + (index + 1) + ' ',
      element('span', 'mono', store.location.class ? source(store.location) : 'unknown place'));
    name.title = visible(place(store.location));
    return name;
  }

  function equalRow(words) {
    const total = words.reduce((sum, word) => sum + word.length, 0);
    const show = button('link', count(total, 'byte') + ' that nothing happened to', () => created.replaceWith(...words.map(wordRow)));
    const rest = cell('', '', show);
    rest.colSpan = COPIES.length + 1;
    const created = row('equal', rowHeading(numbers.format(words[0].offset)), rest);
    return created;
  }

  // ---- all states ----------------------------------------------------------------------------------------------

  /** @param explored the report's exploration, its seed as text, and its coverage in words and as a share */
  function exploration({facts, seed, coverage}) {
    const percent = (coverage.share * 100).toFixed(coverage.share < 0.01 ? 3 : 1);
    const fill = element('div', coverage.share === 1 ? 'fill whole' : 'fill');
    fill.style.width = coverage.share * 100 + '%';
    const bar = element('div', 'bar', fill);
    bar.setAttribute('role', 'img');
    bar.setAttribute('aria-label', 'Coverage: ' + percent + ' percent');
    const numbersOf = [
      [numbers.format(facts.checked), 'checked'],
      [numbers.format(facts.inconsistent), 'inconsistent', facts.inconsistent > 0 ? 'bad' : ''],
      [numbers.format(facts.duplicates), 'of the same content'],
      [numbers.format(facts.exploredPoints) + ' of ' + numbers.format(facts.failurePoints), 'failure points'],
      [facts.failure, 'failure'],
      [facts.engine, 'engine'],
      [seed, 'seed'],
      [duration(facts.durationMs), 'checking'],
    ];
    return [
      element('p', 'covered', coverage.sentence.charAt(0).toUpperCase() + coverage.sentence.slice(1) + '.'),
      bar,
      element('div', 'facts', ...numbersOf.map(([number, label, className]) =>
        element('div', 'fact', element('b', className || '', number), ' ', element('span', '', label)))),
      element('p', 'check', element('span', 'muted', 'Check: '), element('code', '', facts.check)),
      facts.notCovered.length === 0 ? null : element('div', '', element('h3', '', 'Not covered'),
        element('ul', 'not-covered', ...facts.notCovered.map((part) => element('li', '', part)))),
    ].filter((part) => part !== null);
  }

  /** What a reader may look for. */
  function searchText(crash) {
    return [crash.id, crash.failurePoint, crash.verdict, crash.output, ...crash.markers,
      ...crash.stores.flatMap((store) => [store.fate, store.path, store.thread, place(store.location)])].join('\n');
  }

  return {state, exploration, searchText};
})();
