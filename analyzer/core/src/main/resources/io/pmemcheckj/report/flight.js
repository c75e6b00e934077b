'use strict';
// What a recording of JDK Flight Recorder tells: the run on a time axis, slow flushes, and what ran beside a finding.
const flightView = (page) => {
  const {element, svg, numbers, count, size, place, markedPlace} = kit;
  const flight = page.flight;
  const WIDTH = 1000;
  const HEIGHT = 40;
  const TRACER = 'tracer';

  const at = (us) => (us / 1e6).toFixed(2) + ' s';
  const took = (us) => us < 1e6 ? (us / 1e3).toFixed(1) + ' ms' : (us / 1e6).toFixed(2) + ' s';

  // ---- the time axis ---------------------------------------------------------------------------------------------

  const begin = flight ? flight.fromUs : 0;
  const span = flight ? Math.max(1, flight.toUs - flight.fromUs) : 1;
  const x = (us) => Math.max(0, Math.min(WIDTH, (us - begin) / span * WIDTH));

  /** Steps: a value holds until the next one. */
  function steps(points, most) {
    const y = (value) => (HEIGHT * (1 - value / (most || 1))).toFixed(2);
    let path = 'M0 ' + HEIGHT;
    points.forEach(([from, to, value]) => { path += 'L' + x(from).toFixed(2) + ' ' + y(value) + 'L' + x(to).toFixed(2) + ' ' + y(value); });
    return svg('path', {d: path + 'V' + HEIGHT + 'Z'});
  }

  function marks(some) {
    return some.map((one) => svg('rect', {x: Math.min(x(one.atUs), WIDTH - 3).toFixed(2), y: 0, height: HEIGHT,
      width: Math.max(3, one.durationUs / span * WIDTH).toFixed(2)}));
  }

  function lane(name, className, words, shapes) {
    return [element('span', 'lane small', name, element('span', 'most', words)),
      svg('svg', {viewBox: '0 0 ' + WIDTH + ' ' + HEIGHT, preserveAspectRatio: 'none', class: 'bar ' + className}, ...shapes)];
  }

  function axis() {
    const {samples, pauses, slowFlushes} = flight;
    const bytes = samples.map((sample, i) => [i > 0 ? samples[i - 1].atUs : begin, sample.atUs, sample.unpersistedBytes]);
    const rates = samples.map((sample, i) => {
      const [from, before] = i > 0 ? [samples[i - 1].atUs, samples[i - 1].flushes] : [begin, 0];
      return [from, sample.atUs, sample.atUs > from ? (sample.flushes - before) / (sample.atUs - from) * 1e6 : 0];
    });
    const mostBytes = Math.max(0, ...bytes.map(([, , value]) => value));
    const mostRate = Math.max(0, ...rates.map(([, , value]) => value));
    const rate = numbers.format(mostRate < 10 ? Number(mostRate.toFixed(1)) : Math.round(mostRate));
    const lanes = [
      ...(samples.length === 0 ? [] : [
        lane('not persistent', 'lost tall', 'up to ' + size(mostBytes), [steps(bytes, mostBytes)]),
        lane('flushes', 'stored tall', 'up to ' + rate + ' a second', [steps(rates, mostRate)])]),
      lane('slow flushes', 'here', numbers.format(flight.flushCount), marks(slowFlushes)),
      lane('GC pauses', 'here', flight.pauseCount === 0 ? 'none' : numbers.format(flight.pauseCount) + ', ' + took(flight.pausedUs), marks(pauses)),
    ];
    const box = element('div', 'map axis', ...lanes.flat(), element('span', ''),
      element('span', 'scale muted small', ...[0, 0.25, 0.5, 0.75, 1].map((part) => element('span', '', at(begin + part * span)))));
    box.setAttribute('role', 'img');
    box.setAttribute('aria-label', 'Time axis from ' + at(begin) + ' to ' + at(begin + span) + ' after the start of the JVM: '
      + (samples.length > 0 ? 'up to ' + size(mostBytes) + ' not persistent, ' + size(samples[samples.length - 1].unpersistedBytes)
        + ' at the end; up to ' + rate + ' flushes a second; ' : '')
      + worst(slowFlushes, flight.flushCount, 'slow flush', 'slow flushes') + '; ' + worst(pauses, flight.pauseCount, 'GC pause') + '.');
    return box;
  }

  function worst(some, number, noun, plural) {
    const longest = some.reduce((a, b) => (a && a.durationUs >= b.durationUs ? a : b), null);
    return count(number, noun, plural) + (longest ? ', the longest ' + took(longest.durationUs) + ' at ' + at(longest.atUs) : '');
  }

  // ---- what ran beside -------------------------------------------------------------------------------------------

  function activities(beside, more, thread) {
    if (beside.length === 0) {
      return element('p', 'muted small', 'Nothing of it is in the recording: no GC pause, no file I/O, no wait.');
    }
    const items = beside.map((activity) => element('li', activity.kind === TRACER ? 'muted' : '',
      element('b', '', activity.kind === TRACER ? 'wait for pmemcheck-j' : activity.kind), ' ' + took(activity.durationUs) + ' at ' + at(activity.atUs),
      activity.detail ? element('span', 'mono', ' ' + activity.detail) : null,
      activity.thread && activity.thread !== thread ? ', thread ' + activity.thread : ''));
    return element('ul', 'beside small', ...items, more > 0 ? element('li', 'muted', 'and ' + numbers.format(more) + ' more') : null);
  }

  function range(flush) {
    return flush.path + (flush.size > 0 ? ', offset ' + numbers.format(flush.offset) + ', ' + size(flush.size) : '');
  }

  function dirty(flush) {
    return flush.linesDirty === null || flush.linesFlushed === null ? 'dirty lines not known'
      : numbers.format(flush.linesDirty) + ' of ' + count(flush.linesFlushed, 'line') + ' dirty';
  }

  function flushElement(flush) {
    const stack = flush.stack.length === 0 ? null : kit.details('drawer', false, element('summary', '', 'Stack'),
      () => [element('ol', 'frames', ...flush.stack.map((frame) => element('li', '', 'at ' + frame)))]);
    return element('li', 'slow',
      element('div', 'flush', element('b', 'took', took(flush.durationUs)), element('span', 'muted', 'at ' + at(flush.atUs)), markedPlace(page.places[flush.location])),
      element('div', 'small', flush.kind + ' of ', element('span', 'mono', range(flush)), ', ' + dirty(flush) + (flush.failed ? ', failed' : '')
        + (flush.thread ? ', thread ' + flush.thread : '')),
      activities(flush.beside, flush.more, flush.thread), stack);
  }

  /** The whole section, or nothing. */
  function section() {
    if (!flight) {
      return [];
    }
    const slow = flight.slowFlushes;
    const shown = 5;
    const rest = slow.length > shown ? kit.button('more', 'Show all ' + numbers.format(slow.length),
      () => { list.append(...slow.slice(shown).map(flushElement)); rest.remove(); }) : null;
    const list = element('ol', 'slow-flushes', ...slow.slice(0, shown).map(flushElement));
    return [
      element('p', 'muted', 'From ', element('span', 'mono', flight.recording), '; times are those since the start of the JVM (' + flight.begin + ').'),
      flight.missing.length > 0 ? element('ul', 'missing', ...flight.missing.map((words) => element('li', '', words))) : null,
      axis(),
      element('h3', '', slow.length === 0 ? 'No slow flushes' : 'The slowest flushes, and what ran meanwhile'),
      slow.length === 0 ? element('p', 'muted small', 'None lasted long enough to be recorded.') : list, rest,
    ].filter((shownPart) => shownPart !== null);
  }

  /** What is known of a finding, or null. */
  function beside(finding) {
    if (!flight) {
      return null;
    }
    const moment = flight.moments.find((one) => one.fingerprint === finding.fingerprint);
    const places = new Set([finding.location, ...finding.related.map((other) => other.location), ...finding.timeline.map((step) => step.location)].map(place));
    const flushes = flight.slowFlushes.filter((flush) => page.places[flush.location].class && places.has(place(page.places[flush.location])));
    return element('section', 'moment', element('h3', '', 'Beside it'),
      moment ? element('p', 'small', 'Met between ' + at(moment.fromUs) + ' and ' + at(moment.toUs) + (moment.thread ? ', by thread ' + moment.thread : '') + '. Meanwhile:')
        : element('p', 'muted small', 'The recording has no moment for it: it was judged when the program had ended, or met before the recording began.'),
      moment ? activities(moment.beside, moment.more, moment.thread) : null,
      flushes.length > 0 ? element('p', 'small', 'Slow flushes at its places: '
        + flushes.map((flush) => took(flush.durationUs) + ' at ' + at(flush.atUs)).join(', ') + '.') : null);
  }

  return {section, beside};
};
