'use strict';
// Builds the page from the JSON report. Text of the traced program only ever becomes text nodes, never markup.
// Findings are built when their group is opened, a batch at a time, and their details when they are opened.
(() => {
  const BATCH = 50;
  const OPEN_ALL_UP_TO = 10;
  const TABLE_ROWS = 6;
  const page = JSON.parse(document.getElementById('data').textContent);
  const severities = ['error', 'warning', 'note'];
  const numbers = new Intl.NumberFormat('en-US');
  const hidden = new Set();
  let words = [];
  const crashes = crashView({element, visible, count, numbers, duration, place, markedPlace, source, frames});

  const byId = (id) => document.getElementById(id);

  /** A new element; children may be nodes, texts, or null for nothing. */
  function element(tag, className, ...children) {
    const created = document.createElement(tag);
    if (className) {
      created.className = className;
    }
    created.append(...children.filter((child) => child !== null).map(visible));
    return created;
  }

  /** Shows characters that would be invisible, or would reorder the line, as escapes. */
  function visible(child) {
    return typeof child === 'string'
      ? child.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (c) => '\\u' + c.codePointAt(0).toString(16).padStart(4, '0'))
      : child;
  }

  function count(number, noun, plural) {
    return numbers.format(number) + ' ' + (number === 1 ? noun : plural || noun + 's');
  }

  function size(bytes) {
    const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
    if (bytes < 1024) {
      return count(bytes, 'byte');
    }
    let unit = -1;
    while (bytes >= 1024) {
      bytes /= 1024;
      unit++;
    }
    return bytes.toFixed(1) + ' ' + units[unit];
  }

  function duration(ms) {
    return ms < 1000 ? ms + ' ms' : ms < 60000 ? (ms / 1000).toFixed(1) + ' s' : Math.round(ms / 60000) + ' min';
  }

  function place(location) {
    if (!location.class) {
      return 'unknown place';
    }
    return location.class + '.' + location.method + '(' + source(location) + ')';
  }

  function source(location) {
    return !location.file ? 'Unknown Source' : location.line > 0 ? location.file + ':' + location.line : location.file;
  }

  /** The same text as place(), with what differs between findings of one class in bold. */
  function markedPlace(location) {
    if (!location.class) {
      return element('span', 'where', 'unknown place');
    }
    return element('span', 'where', location.class + '.', element('wbr'), location.method + '(', element('wbr'),
      element('b', '', source(location)), ')');
  }

  /** Texts of the rule catalogue mark code with backticks. */
  function prose(paragraphs) {
    return paragraphs.map((paragraph) =>
      element('p', '', ...paragraph.split('`').map((part, index) => (index % 2 ? element('code', '', part) : part))));
  }

  function details(className, open, summary, fill) {
    const created = element('details', className, summary);
    let filled = false;
    const fillOnce = () => {
      if (!filled) {
        filled = true;
        created.append(...fill());
      }
    };
    if (open) {
      created.open = true;
      fillOnce();
    }
    created.addEventListener('toggle', () => created.open && fillOnce());
    return created;
  }

  /** Never 100 % for less than all. */
  function percent(part, whole) {
    return part === whole ? '100 %' : Math.min(part / whole * 100, 99.999).toFixed(3) + ' %';
  }

  // ---- summary -------------------------------------------------------------------------------------------------

  function showSummary() {
    const run = page.run;
    const summary = page.summary;
    byId('tool').textContent = page.tool.name + ' ' + page.tool.version;
    byId('problems').append(...run.problems.map((problem) => element('li', '', problem)));
    byId('command').textContent = visible(run.command.join(' '));
    const facts = [
      [numbers.format(summary.stores), summary.stores === 1 ? 'store' : 'stores'],
      [numbers.format(summary.flushes), summary.flushes === 1 ? 'flush' : 'flushes'],
      [numbers.format(summary.fences), summary.fences === 1 ? 'fence' : 'fences'],
      [numbers.format(summary.transactions), summary.transactions === 1 ? 'transaction' : 'transactions'],
      [numbers.format(summary.threads), summary.threads === 1 ? 'thread' : 'threads'],
      [run.complete ? 'complete' : 'incomplete', 'trace, ' + size(summary.traceBytes)],
      [duration(run.durationMs), 'run time'],
      [run.exitCode === null ? 'unknown' : String(run.exitCode), 'exit code'],
      [run.java || 'unknown', 'Java'],
      [run.domain || 'unknown', 'domain'],
    ];
    for (const library of run.libraries || []) {
      facts.push([visible((library.name + ' ' + library.version).trim()), 'seen by its model']);
    }
    if (summary.audit) {
      facts.push([percent(summary.audit.explainedBytes, summary.audit.comparedBytes),
        'of ' + numbers.format(summary.audit.comparedBytes) + ' bytes explained by the stores traced']);
    }
    if (summary.suppressed > 0) {
      facts.push([numbers.format(summary.suppressed), 'suppressed']);
    }
    if (summary.baselined > 0) {
      facts.push([numbers.format(summary.baselined), 'in the baseline']);
    }
    byId('facts').append(...facts.map(([value, label]) =>
      element('div', 'fact', element('b', '', value), ' ', element('span', '', label))));
    byId('footer').textContent = page.tool.name + ' ' + page.tool.version + ', report of ' + count(total(), 'finding');
  }

  function showExploration() {
    if (page.exploration) {
      byId('exploration').append(...crashes.exploration(page.exploration));
      byId('exploration-section').hidden = false;
    }
  }

  function total() {
    return page.groups.reduce((sum, group) => sum + group.findings.length, 0);
  }

  // ---- findings ------------------------------------------------------------------------------------------------

  function searchText(group, finding) {
    const places = [finding.location, ...finding.stack, ...finding.related.map((other) => other.location)];
    return [group.rule, finding.severity, finding.message, finding.fingerprint, finding.thread,
      finding.segment && finding.segment.path, finding.crash && crashes.searchText(finding.crash), ...finding.related.map((other) => other.role), ...places.map(place)]
      .join('\n').toLowerCase();
  }

  /** The findings of a group that pass the filter. */
  function matching(group) {
    return group.findings.filter((finding) => {
      if (hidden.has(finding.severity)) {
        return false;
      }
      if (words.length === 0) {
        return true;
      }
      finding.searchText = finding.searchText || searchText(group, finding);
      return words.every((word) => finding.searchText.includes(word));
    });
  }

  function showGroups() {
    const groups = page.groups.map((group) => ({group, found: matching(group)})).filter(({found}) => found.length > 0);
    const shown = groups.reduce((sum, {found}) => sum + found.length, 0);
    const openAll = shown <= OPEN_ALL_UP_TO;
    byId('groups').replaceChildren(...groups.map(({group, found}) =>
      groupElement(group, found, openAll || groups.length === 1, openAll)));
    byId('shown').textContent = shown === total() ? count(shown, 'finding') : numbers.format(shown) + ' of ' + count(total(), 'finding');
  }

  function groupElement(group, found, open, openFindings) {
    const some = found.length === group.findings.length ? '' : ' of ' + numbers.format(group.findings.length);
    const summary = element('summary', '',
      element('span', 'badge ' + group.severity, group.severity),
      element('span', 'name', group.rule),
      element('span', 'title', group.info ? group.info.title : ''),
      element('span', 'number', numbers.format(found.length) + some));
    return details('group ' + group.severity, open, summary, () => {
      const content = group.info ? [about(group.info)] : [];
      const rest = element('button', 'more');
      let next = 0;
      const batch = () => found.slice(next, next += BATCH).map((finding) => findingElement(finding, openFindings));
      const label = () => {
        const left = found.length - next;
        rest.textContent = 'Show ' + numbers.format(Math.min(BATCH, left)) + ' more of ' + numbers.format(left);
        rest.hidden = left <= 0;
      };
      rest.addEventListener('click', () => {
        const first = next;
        const added = batch();
        rest.before(...added);
        label();
        if (first < found.length) {
          added[0].querySelector('summary').focus({preventScroll: true});
        }
      });
      content.push(...batch(), rest);
      label();
      return content;
    });
  }

  function about(info) {
    return details('about', false, element('summary', '', 'What this rule finds, why it matters, how to fix it'), () => [
      element('div', 'text',
        element('h3', '', 'What it finds'), ...prose(info.what),
        element('h3', '', 'Why it matters'), ...prose(info.why),
        element('h3', '', 'How to fix it'), ...prose(info.fix)),
      element('div', 'examples',
        element('div', '', element('h3', '', 'Buggy'), code(info.buggy)),
        element('div', '', element('h3', '', 'Fixed'), code(info.fixed))),
    ]);
  }

  function code(text) {
    const block = element('pre', '');
    block.textContent = text.replace(/\n$/, '');
    return block;
  }

  function extent(finding) {
    const times = finding.occurrences === 1 ? 'once' : count(finding.occurrences, 'time');
    return finding.bytes === 0 ? times : count(finding.bytes, 'byte') + ', ' + times;
  }

  function findingElement(finding, open) {
    const summary = element('summary', '', markedPlace(finding.location), element('span', 'extent', extent(finding)));
    const created = details('finding ' + finding.severity, open, summary, () => [findingBody(finding)]);
    created.id = 'finding-' + finding.fingerprint;
    return created;
  }

  function findingBody(finding) {
    return element('div', 'body',
      element('p', 'message', finding.message || ''),
      finding.fix ? element('div', 'fix', element('b', '', 'Fix: '), finding.fix) : null,
      finding.crash ? crashes.state(finding.crash) : null,
      story(finding),
      facts(finding));
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
    const callers = stack.length > 0 && place(stack[0]) === place(location) ? stack.slice(1) : stack;
    return element('li', className,
      element('div', '', element('span', 'role', role), ' ', element('span', 'mono', place(location))),
      callers.length > 0 ? frames(callers) : null);
  }

  function frames(stack) {
    const short = 6;
    const list = element('ol', 'frames', ...stack.slice(0, short).map(frame));
    if (stack.length > short + 1) {
      const rest = element('button', 'link', count(stack.length - short, 'more frame'));
      const item = element('li', '', rest);
      rest.addEventListener('click', () => item.replaceWith(...stack.slice(short).map(frame)));
      list.append(item);
    } else {
      list.append(...stack.slice(short).map(frame));
    }
    return list;
  }

  function frame(location) {
    return element('li', '', 'at ' + place(location));
  }

  function facts(finding) {
    const pairs = [];
    if (finding.segment) {
      pairs.push(['File', finding.segment.path], ['Range', 'offset ' + numbers.format(finding.segment.offset)
        + ', length ' + numbers.format(finding.segment.length) + (finding.occurrences > 1 ? ' (first occurrence)' : '')]);
    }
    if (finding.thread) {
      pairs.push(['Thread', finding.thread]);
    }
    pairs.push(['Fingerprint', finding.fingerprint]);
    return element('dl', 'pairs', ...pairs.flatMap(([name, value]) => [element('dt', '', name), element('dd', 'mono', value)]));
  }

  function showSeverities() {
    const present = severities.filter((severity) => page.groups.some((group) =>
      group.findings.some((finding) => finding.severity === severity)));
    byId('severities').append(...(present.length < 2 ? [] : present).map((severity) => {
      const button = element('button', severity, count(page.summary.findings[severity] || 0, severity));
      button.setAttribute('aria-pressed', 'true');
      button.addEventListener('click', () => {
        const hide = !hidden.delete(severity);
        if (hide) {
          hidden.add(severity);
        }
        button.setAttribute('aria-pressed', String(!hide));
        showGroups();
      });
      return button;
    }));
  }

  function listenToSearch() {
    const input = byId('search');
    let waiting = 0;
    input.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        words = input.value.toLowerCase().split(/\s+/).filter((word) => word !== '');
        showGroups();
      }, 120);
    });
  }

  /** Opens the finding that the address names, wherever it is. */
  function followAddress() {
    const fingerprint = decodeURIComponent(location.hash.replace(/^#finding-/, ''));
    if (!fingerprint || byId('finding-' + fingerprint)) {
      return;
    }
    if (page.groups.some((group) => group.findings.some((finding) => finding.fingerprint === fingerprint))) {
      byId('search').value = fingerprint;
      words = [fingerprint.toLowerCase()];
      showGroups();
      const found = byId('finding-' + fingerprint);
      found.open = true;
      found.scrollIntoView();
    }
  }

  // ---- tables --------------------------------------------------------------------------------------------------

  function cell(tag, className, text) {
    return element(tag, className, text);
  }

  function showSegments() {
    const headings = [
      cell('th', '', '#'), cell('th', '', 'File'), cell('th', 'right', 'Not persistent'), cell('th', 'right', 'Bytes stored'),
      cell('th', 'right', 'Size'), cell('th', '', 'Domain'), cell('th', '', 'Sync')];
    const rows = [...page.segments].sort((a, b) => b.unpersistedBytes - a.unpersistedBytes || a.id - b.id).map((segment) =>
      element('tr', '',
        cell('td', '', String(segment.id)),
        cell('td', 'path', segment.path || ''),
        cell('td', segment.unpersistedBytes > 0 ? 'right bad' : 'right', numbers.format(segment.unpersistedBytes)),
        cell('td', 'right', numbers.format(segment.storedBytes)),
        cell('td', 'right', size(segment.size)),
        cell('td', '', segment.domain || ''),
        cell('td', '', segment.sync ? 'yes' : 'no')));
    fillTable('segments', headings, rows);
  }

  function showCheckpoints() {
    const headings = [cell('th', '', 'Label'), cell('th', 'right', 'Stores not persistent'), cell('th', 'right', 'Bytes not persistent')];
    const rows = page.checkpoints.map((checkpoint) => element('tr', '',
      cell('td', '', checkpoint.label || ''),
      cell('td', 'right', numbers.format(checkpoint.unpersistedStores)),
      cell('td', 'right', numbers.format(checkpoint.unpersistedBytes))));
    fillTable('checkpoints', headings, rows);
  }

  function fillTable(id, headings, rows) {
    if (rows.length === 0) {
      return;
    }
    const body = element('tbody', '', ...rows.slice(0, rows.length > TABLE_ROWS + 1 ? TABLE_ROWS : rows.length));
    byId(id).append(element('thead', '', element('tr', '', ...headings)), body);
    if (rows.length > TABLE_ROWS + 1) {
      const rest = element('button', 'more', 'Show all ' + numbers.format(rows.length));
      rest.addEventListener('click', () => {
        body.append(...rows.slice(TABLE_ROWS));
        rest.remove();
      });
      byId(id + '-section').append(rest);
    }
    byId(id + '-section').hidden = false;
  }

  showSummary();
  showExploration();
  showSegments();
  showCheckpoints();
  if (page.groups.length > 0) {
    byId('findings-section').hidden = false;
    showSeverities();
    showGroups();
    listenToSearch();
    followAddress();
    window.addEventListener('hashchange', followAddress);
  }
})();
