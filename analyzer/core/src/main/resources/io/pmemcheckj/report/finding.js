'use strict';
// One finding, opened.
const findingView = (page, crashes) => {
  const {element, visible, numbers, count, place, frames, details, pairs, reachable, copy, code, prose} = kit;
  const CONTEXT = 3;
  const segments = new Map(page.segments.map((segment) => [segment.id, segment]));

  function body(finding) {
    const info = page.rules[finding.rule];
    const segment = finding.segment && segments.get(finding.segment.id);
    const map = segment && lineView.segmentMap(segment, finding);
    return element('div', 'body',
      element('p', 'message', finding.message || ''),
      finding.fix ? element('p', 'fix', element('b', '', 'Fix: '), finding.fix) : null,
      finding.suppression ? suppression(finding.suppression) : null,
      finding.crash ? crashes.state(finding.crash) : null,
      element('div', 'columns',
        element('div', 'code', element('h3', '', 'In the code'), story(finding),
          info ? element('section', 'why', element('h3', '', 'Why it matters'), ...prose(info.why.slice(0, 1))) : null),
        element('div', 'memory', finding.crash ? null : lineView.timeline(finding),
          map ? element('section', '', element('h3', '', 'Where in the file'), map) : null,
          element('section', '', element('h3', '', 'Facts'), facts(finding)))),
      element('div', 'drawers',
        info ? about(finding.rule, info) : null,
        finding.suppression ? null : suppress(finding)));
  }

  function suppression({kind, reason, until, source}) {
    return element('p', 'muted', {file: 'Suppressed', annotation: 'Suppressed in the code', baseline: 'In the baseline'}[kind] || kind,
      reason ? ': ' + reason : '', until ? ' (until ' + until + ')' : '', source ? ', ' + source : '');
  }

  /** Both halves: where the finding stands, then every other place that belongs to it; the stores of a crash have a table. */
  function story(finding) {
    const word = finding.crash ? 'crash here' : 'here';
    const here = finding.stackIsSample && finding.stack.length > 0 ? word + ' (stack of one occurrence)' : word;
    return element('ol', 'story',
      step('here', here, finding.location, finding.stack),
      ...(finding.crash ? [] : finding.related).map((other) => step('', other.role, other.location, other.stack)));
  }

  function step(className, role, location, stack) {
    const at = stack.findIndex((frame) => place(frame) === place(location));
    return element('li', className,
      element('div', '', element('span', 'role', role), ' ', element('span', 'mono', place(location))),
      excerpt(location),
      stack.length > 0 ? frames(stack.slice(at + 1), stack.slice(0, Math.max(at, 0))) : null);
  }

  /** The line and its neighbours, where the source is known. */
  function excerpt(location) {
    const file = page.files[location.source];
    if (!file || !(location.line in file.lines)) {
      return null;
    }
    const around = [];
    for (let line = location.line - CONTEXT; line <= location.line + CONTEXT; line++) {
      if (line in file.lines) {
        around.push(sourceLine(line, file.lines[line], line === location.line));
      }
    }
    const box = element('pre', 'excerpt', ...around);
    return element('div', '', element('div', 'muted small mono', file.path), reachable(box, 'Source of ' + kit.source(location)));
  }

  function sourceLine(number, text, marked) {
    const created = element(marked ? 'mark' : 'span', 'source-line',
      element('span', 'gutter', (marked ? '▶ ' : '  ') + String(number).padStart(4) + ' '));
    created.append(kit.visibleLines(text) + '\n');
    return created;
  }

  function facts(finding) {
    const range = finding.segment;
    return pairs([
      ['File', range ? range.path : ''],
      ['Range', range ? 'offset ' + numbers.format(range.offset) + ', length ' + numbers.format(range.length)
        + (finding.occurrences > 1 ? ' (first occurrence)' : '') : ''],
      ['Extent', (finding.bytes > 0 ? count(finding.bytes, 'byte') + ', ' : '') + count(finding.occurrences, 'time')],
      ['Thread', finding.thread],
      ['Fingerprint', finding.fingerprint]]);
  }

  function about(rule, info) {
    return details('drawer', false, element('summary', '', 'About ' + rule), () => [
      element('div', 'text',
        element('h3', '', 'What it finds'), ...prose(info.what),
        element('h3', '', 'Why it matters'), ...prose(info.why),
        element('h3', '', 'How to fix it'), ...prose(info.fix)),
      element('div', 'examples',
        element('div', '', element('h4', '', 'Buggy'), reachable(code(info.buggy), 'Buggy example')),
        element('div', '', element('h4', '', 'Fixed'), reachable(code(info.fixed), 'Fixed example')))]);
  }

  function suppress(finding) {
    return details('drawer', false, element('summary', '', 'Suppress it'), () => {
      const text = yaml(finding);
      const shown = code(text);
      return [element('div', 'text',
        element('p', '', 'If this is right as it is, say why: for the file of ', element('code', '', '--suppressions'), '. ',
          copy('Copy the suppression', text, shown)),
        reachable(shown, 'Suppression'))];
    });
  }

  function yaml(finding) {
    const {class: className, method} = finding.location;
    return ['suppressions:', '- rule: ' + scalar(finding.rule),
      className ? '  class: ' + scalar(className) : '', className && method ? '  method: ' + scalar(method) : '',
      '  reason: "write why here"', ''].filter((line, index, all) => line || index === all.length - 1).join('\n');
  }

  /** Names that YAML could take for something else are quoted, as JSON, which YAML reads. */
  function scalar(name) {
    return /^[A-Za-z_$][\w.$-]*$/.test(name) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(name) ? name : JSON.stringify(visible(name));
  }

  /** What a reader may look for. */
  function searchText(finding) {
    const places = [finding.location, ...finding.stack, ...finding.related.map((other) => other.location)];
    return [finding.rule, finding.severity, finding.message, finding.fingerprint, finding.thread,
      finding.segment && finding.segment.path, finding.crash && crashes.searchText(finding.crash),
      finding.suppression && finding.suppression.reason,
      ...finding.related.map((other) => other.role), ...places.map(place)].join('\n').toLowerCase();
  }

  return {body, searchText};
};
