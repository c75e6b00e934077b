'use strict';
// What happened to the line of a finding, as a list of its states; and where in its segment the finding is.
const lineView = (() => {
  const {element, svg, numbers, count, size, source, place} = kit;
  const LINE = 64;
  const DIRTY = ['dirty', 'not persistent'];
  const UNDER_WAY = ['under-way', 'write-back under way'];
  const PERSISTENT = ['persistent', 'persistent'];
  const UNCHANGED = null;

  /** The state that an event leaves the bytes in, by the state before; null where it changes nothing. */
  const AFTER = {
    'stored': () => DIRTY,
    'stored in the run before': () => DIRTY,
    'stored past the caches': () => UNDER_WAY,
    'overwritten': () => DIRTY,
    'flushed': (before) => before === PERSISTENT ? PERSISTENT : UNDER_WAY,
    'force began': (before) => before === PERSISTENT ? PERSISTENT : UNDER_WAY,
    'flush failed': () => DIRTY,
    'force failed': () => DIRTY,
    'forced': () => PERSISTENT,
    'fenced': () => PERSISTENT,
    'persistent too late': () => PERSISTENT,
  };

  const MEANS = {
    'fenced by another thread': 'completes its own flushes only',
    'ended': 'the program ended',
    'expected persistent': 'the program relies on it here',
  };

  function timeline(finding) {
    if (finding.timeline.length === 0) {
      return null;
    }
    let state = null;
    const lines = new Set(finding.timeline.filter((step) => step.event.startsWith('stored') && step.length > 0).map(lineOf));
    const items = finding.timeline.map((step, index) => {
      const after = AFTER[step.event];
      state = after ? after(state) : state;
      const last = index === finding.timeline.length - 1;
      return item(step, state, last, last && finding.rule === 'redundant-flush' ? 'nothing was left to write back' : MEANS[step.event]);
    });
    const [from] = lines;
    const about = lines.size === 1 ? 'Bytes ' + numbers.format(from) + ' to ' + numbers.format(from + LINE - 1) + ' of the file' : '';
    return element('section', 'timeline', element('h3', '', 'What happened to the line'), about ? element('p', 'muted small', about) : null,
      element('ol', 'states', ...items));
  }

  function item(step, state, last, meaning) {
    const [name, words] = state || ['unknown', ''];
    const where = step.location.class ? element('span', 'mono', source(step.location)) : null;
    if (where) {
      where.title = place(step.location);
    }
    const range = step.length > 0 ? 'offset ' + numbers.format(step.offset) + ', ' + count(step.length, 'byte') : '';
    return element('li', name + (last ? ' last' : ''),
      element('div', 'event', element('b', '', step.event), ' ', where, last ? element('span', 'this', ' ◀ this finding') : null),
      element('div', 'muted small', [range, step.thread ? 'thread ' + step.thread : '', meaning].filter((text) => text).join('; ')),
      step.length > 0 && step.length <= LINE ? strip(step) : null,
      words ? element('div', 'state', element('span', 'mark ' + name), words) : null);
  }

  /** Where the line begins that the step is about. */
  function lineOf(step) {
    return Math.floor(step.offset / LINE) * LINE;
  }

  /** Which bytes of the line; the words beside it say the same. */
  function strip(step) {
    const start = step.offset - lineOf(step);
    const end = Math.min(LINE, start + step.length);
    const ticks = Array.from({length: 7}, (_, i) => svg('path', {d: 'M' + (i + 1) * 8 + ' 0V4', class: 'tick'}));
    return svg('svg', {viewBox: '0 0 64 4', preserveAspectRatio: 'none', class: 'strip', 'aria-hidden': 'true'},
      svg('rect', {x: start, y: 0, width: end - start, height: 4, class: 'bytes'}), ...ticks);
  }

  // ---- the segment -----------------------------------------------------------------------------------------------

  /**
   * A lane for each fact, so that none needs a colour.
   *
   * @param finding which is to be marked, or null
   */
  function segmentMap(segment, finding) {
    const map = segment && segment.map;
    if (!map) {
      return null;
    }
    const parts = map.stored.length;
    const lanes = [
      lane('not persistent', 'lost', map.unpersisted, parts),
      lane('stored', 'stored', map.stored, parts),
      finding ? range('this finding', finding, map.partBytes, parts) : null,
    ];
    const box = element('div', 'map', ...lanes.filter((shown) => shown !== null).flat(), element('span', ''),
      element('span', 'scale muted small', element('span', '', '0'), element('span', '', size(segment.size))));
    box.setAttribute('role', 'img');
    box.setAttribute('aria-label', alternative(segment, map, finding));
    return box;
  }

  function lane(name, className, counts, parts) {
    const bars = runs(counts).map(([from, to]) => svg('rect', {x: from, y: 0, width: to - from, height: 1}));
    return picture(name, className, parts, bars);
  }

  /** @return [from, to) of parts that hold something */
  function runs(counts) {
    const found = [];
    counts.forEach((number, part) => {
      const last = found[found.length - 1];
      if (number > 0 && last && last[1] === part) {
        last[1] = part + 1;
      } else if (number > 0) {
        found.push([part, part + 1]);
      }
    });
    return found;
  }

  function range(name, finding, partBytes, parts) {
    const from = Math.min(finding.segment.offset / partBytes, parts - 0.5);
    const width = Math.max(finding.segment.length / partBytes, parts / 160);
    return picture(name, 'here', parts, [svg('rect', {x: from, y: 0, width: Math.min(width, parts - from), height: 1})]);
  }

  function picture(name, className, parts, bars) {
    return [element('span', 'lane small', name),
      svg('svg', {viewBox: '0 0 ' + parts + ' 1', preserveAspectRatio: 'none', class: 'bar ' + className}, ...bars)];
  }

  function alternative(segment, map, finding) {
    const places = runs(map.unpersisted).slice(0, 4).map(([from, to]) =>
      'bytes ' + numbers.format(from * map.partBytes) + ' to ' + numbers.format(Math.min(to * map.partBytes, segment.size) - 1));
    return 'Map of ' + segment.path + ', ' + size(segment.size) + ': ' + count(segment.storedBytes, 'byte') + ' stored, '
      + numbers.format(segment.unpersistedBytes) + ' not persistent'
      + (places.length > 0 ? ', in ' + places.join(', ') + (runs(map.unpersisted).length > 4 ? ' and elsewhere' : '') : '')
      + (finding ? '; this finding is at offset ' + numbers.format(finding.segment.offset) : '') + '.';
  }

  return {timeline, segmentMap};
})();
