'use strict';
// Builds the page from the report. Groups and findings are built when they are opened, a batch at a time.
(() => {
  const {byId, element, visible, numbers, count, size, duration, percent, source, markedPlace, button, details} = kit;
  const BATCH = 50;
  const OPEN_GROUPS_UP_TO = 30;
  const OPEN_FINDINGS_UP_TO = 3;
  const PRINTED_IN_FULL = 100;
  const TABLE_ROWS = 8;
  const TITLED_RULES = 5;
  const SEVERITIES = ['error', 'warning', 'note'];
  const page = JSON.parse(byId('data').textContent);
  const findings = resolvePlaces(page.findings);
  const suppressed = resolvePlaces(page.suppressed);
  const view = findingView(page, crashView);
  const filter = {hidden: new Set(), words: [], rule: '', segment: '', thread: ''};
  /** What the reader opened or closed himself, which survives filtering. */
  const toggled = new Map();

  /** Places of the code travel once, and findings name them by number. */
  function resolvePlaces(all) {
    const at = (number) => page.places[number];
    const withPlace = (other) => ({...other, location: at(other.location), stack: (other.stack || []).map(at)});
    return all.map((finding) => ({
      ...withPlace(finding),
      related: finding.related.map(withPlace),
      timeline: (finding.timeline || []).map(withPlace),
      crash: finding.crash ? {...finding.crash, stores: finding.crash.stores.map(withPlace)} : null,
    }));
  }

  function isCost(finding) {
    const info = page.rules[finding.rule];
    return Boolean(info && info.cost);
  }

  // ---- summary -------------------------------------------------------------------------------------------------

  function showSummary() {
    const run = page.run;
    const summary = page.summary;
    byId('tool').textContent = page.tool.name + ' ' + page.tool.version;
    byId('problems').append(...run.problems.map((problem) => element('li', '', problem)));
    byId('command').textContent = visible(run.command.join(' '));
    const counted = (number, noun) => [numbers.format(number), number === 1 ? noun : noun + (noun.endsWith('sh') ? 'es' : 's')];
    const facts = [
      counted(summary.stores, 'store'), counted(summary.flushes, 'flush'), counted(summary.fences, 'fence'),
      counted(summary.transactions, 'transaction'), counted(summary.segments, 'segment'), counted(summary.threads, 'thread'),
      [duration(run.durationMs), 'run time'],
      [run.exitCode === null ? 'unknown' : String(run.exitCode), 'exit code'],
      [run.java || 'unknown', 'Java'],
      [run.domain || 'unknown', 'domain'],
    ];
    if (summary.suppressed > 0) {
      facts.push([numbers.format(summary.suppressed), 'suppressed']);
    }
    if (summary.baselined > 0) {
      facts.push([numbers.format(summary.baselined), 'in the baseline']);
    }
    byId('facts').append(...facts.map(([value, label]) =>
      element('div', 'fact', element('b', '', value), ' ', element('span', '', label))));
    byId('completeness').append(...completeness().map(([good, text]) =>
      element('li', good ? 'good' : 'poor', element('span', 'sign', good ? '✓' : '✗'), element('span', 'hidden-text', good ? 'yes: ' : 'no: '), text)));
    byId('footer').textContent = page.tool.name + ' ' + page.tool.version + ', report of ' + count(findings.length, 'finding');
  }

  /** @return pairs of whether that is as it should be, and what it is */
  function completeness() {
    const {run, summary} = page;
    const lines = [[run.complete, (run.complete ? 'The trace is whole' : 'The trace is not whole') + ' (' + size(summary.traceBytes) + ')']];
    if (summary.audit) {
      const {explainedBytes, comparedBytes} = summary.audit;
      lines.push([explainedBytes === comparedBytes, 'Audit: the stores traced explain ' + percent(explainedBytes, comparedBytes, 3)
        + ' of ' + numbers.format(comparedBytes) + ' bytes']);
    }
    const libraries = (run.libraries || []).map((library) => (library.name + ' ' + library.version).trim());
    if (libraries.length > 0) {
      lines.push([true, 'Native code of libraries is seen by models: ' + libraries.join(', ')]);
    }
    const unused = page.gate ? page.gate.unusedSuppressions.length + page.gate.expiredSuppressions.length : 0;
    if (unused > 0) {
      lines.push([false, count(unused, 'suppression') + ' unused or expired, see below']);
    }
    if (run.problems.length > 0) {
      lines.push([false, count(run.problems.length, 'problem') + ', see above: the check cannot be trusted']);
    }
    return lines;
  }

  function sum(some, member) {
    return some.reduce((total, finding) => total + finding[member], 0);
  }

  function showRules() {
    const rules = [...group(findings, (finding) => finding.rule)];
    const rows = rules.map(([rule, found]) => {
      const title = page.rules[rule] ? page.rules[rule].title : '';
      const choose = button('link mono', rule, () => {
        byId('rule-filter').querySelector('select').value = rule;
        filter.rule = rule;
        showFindings();
        byId('tools').scrollIntoView({behavior: 'auto'});
      });
      choose.title = title ? title + ': show only these' : 'Show only these';
      return element('tr', '',
        element('td', '', badge(found[0].severity)),
        element('td', '', choose, rules.length <= TITLED_RULES ? element('div', 'muted small', title) : null),
        number(found.length), number(sum(found, 'occurrences')), number(sum(found, 'bytes')));
    });
    fillTable('rules', [['', 'Severity'], ['', 'Rule'], ['right', 'Findings'], ['right', 'Times'], ['right', 'Bytes']], rows, rows.length);
  }

  function number(value) {
    return element('td', 'right', numbers.format(value));
  }

  function badge(severity) {
    return element('span', 'badge ' + severity, severity);
  }

  function showExploration() {
    if (page.exploration) {
      byId('exploration').append(...crashView.exploration(page.exploration));
      byId('exploration-section').hidden = false;
    }
  }

  // ---- filter --------------------------------------------------------------------------------------------------

  const FIELDS = {
    rule: (finding) => finding.rule,
    segment: (finding) => (finding.segment ? finding.segment.path : ''),
    thread: (finding) => finding.thread || '',
  };

  function matches(finding) {
    if (filter.hidden.has(finding.severity)) {
      return false;
    }
    for (const field of ['rule', 'segment', 'thread']) {
      if (filter[field] !== '' && FIELDS[field](finding) !== filter[field]) {
        return false;
      }
    }
    if (filter.words.length === 0) {
      return true;
    }
    finding.searchText = finding.searchText || view.searchText(finding);
    return filter.words.every((word) => finding.searchText.includes(word));
  }

  function showFilters() {
    const all = [...findings, ...suppressed];
    const present = SEVERITIES.filter((severity) => all.some((finding) => finding.severity === severity));
    byId('severities').append(...(present.length < 2 ? [] : present).map((severity) => {
      const toggle = button(severity, count(findings.filter((finding) => finding.severity === severity).length, severity), () => {
        if (!filter.hidden.delete(severity)) {
          filter.hidden.add(severity);
        }
        showFindings();
      });
      toggle.dataset.severity = severity;
      return toggle;
    }));
    for (const [field, value] of Object.entries(FIELDS)) {
      const values = [...new Set(all.map(value))].filter((text) => text !== '').sort();
      const label = byId(field + '-filter');
      const select = label.querySelector('select');
      select.append(option('', 'all'), ...values.map((text) => option(text, text)));
      label.hidden = values.length < 2;
      select.addEventListener('change', () => {
        filter[field] = select.value;
        showFindings();
      });
    }
    byId('grouping').addEventListener('change', () => showFindings());
    byId('reset').addEventListener('click', () => {
      filter.hidden.clear();
      ['rule', 'segment', 'thread'].forEach((field) => { byId(field + '-filter').querySelector('select').value = ''; filter[field] = ''; });
      search('');
      byId('search').focus();
    });
    let waiting = 0;
    byId('search').addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => search(byId('search').value), 120);
    });
    byId('tools').hidden = all.length < 2;
  }

  function option(value, text) {
    const created = element('option', '', text);
    created.value = value;
    return created;
  }

  function search(text) {
    byId('search').value = text;
    filter.words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
    showFindings();
  }

  // ---- findings ------------------------------------------------------------------------------------------------

  /** @return by key, in the order in which the keys come */
  function group(some, key) {
    const groups = new Map();
    for (const finding of some) {
      const name = key(finding);
      if (!groups.has(name)) {
        groups.set(name, []);
      }
      groups.get(name).push(finding);
    }
    return groups;
  }

  function showFindings() {
    const found = findings.filter(matches);
    const ignored = suppressed.filter(matches);
    const harm = found.filter((finding) => !isCost(finding));
    const costs = found.filter(isCost);
    const openGroups = found.length <= OPEN_GROUPS_UP_TO;
    const openFindings = harm.length + costs.length <= OPEN_FINDINGS_UP_TO;
    byId('findings').replaceChildren(...(harm.length > 0 ? groups(harm, openGroups, openFindings)
      : [element('p', 'muted', findings.every(isCost) ? 'None: nothing is known to be lost.' : 'None passes the filter.')]));
    byId('costs').replaceChildren(...groups(costs, openGroups, openFindings));
    byId('findings-section').hidden = findings.length === 0;
    byId('costs-section').hidden = !findings.some(isCost);
    showSuppressed(ignored);
    const isFiltered = found.length < findings.length || ignored.length < suppressed.length;
    byId('shown').textContent = isFiltered ? numbers.format(found.length) + ' of ' + count(findings.length, 'finding') : count(found.length, 'finding');
    byId('reset').hidden = !isFiltered;
    byId('severities').querySelectorAll('button').forEach((toggle) =>
      toggle.setAttribute('aria-pressed', String(!filter.hidden.has(toggle.dataset.severity))));
  }

  function packageOf(finding) {
    const name = finding.location.class || '';
    return name.includes('.') ? name.substring(0, name.lastIndexOf('.')) : name ? '(no package)' : 'unknown place';
  }

  function simpleName(finding) {
    const name = finding.location.class || '';
    return name ? name.substring(name.lastIndexOf('.') + 1) : 'unknown place';
  }

  /** The outermost class: those inside are in the same file. */
  function classOf(finding) {
    const name = simpleName(finding);
    return name.indexOf('$') > 0 ? name.substring(0, name.indexOf('$')) : name;
  }

  function groups(some, openGroups, openFindings) {
    if (byId('grouping').value === 'rule') {
      const all = group(some, (finding) => finding.rule);
      return lazily([...all], ([rule, found]) => groupElement('rule ' + rule, rule, page.rules[rule] ? page.rules[rule].title : '', found,
        openGroups || all.size === 1, () => lazily(found, (finding) => findingElement(finding, openFindings, false))));
    }
    const packages = group(some, packageOf);
    return lazily([...packages], ([name, inPackage]) => groupElement('package ' + name, name, '', inPackage,
      openGroups || packages.size === 1, () => {
        const classes = group(inPackage, classOf);
        return lazily([...classes], ([simple, found]) => groupElement('class ' + name + '.' + simple, simple, '', found,
          openGroups || classes.size === 1, () => lazily(found, (finding) => findingElement(finding, openFindings, true))));
      }));
  }

  /** The first of many, and a button for more. */
  function lazily(all, create) {
    let next = 0;
    const batch = () => all.slice(next, next += BATCH).map(create);
    const first = batch();
    if (next >= all.length) {
      return first;
    }
    const label = () => 'Show ' + numbers.format(Math.min(BATCH, all.length - next)) + ' more of ' + numbers.format(all.length - next);
    const rest = button('more', label(), () => {
      const added = batch();
      rest.before(...added);
      rest.textContent = label();
      rest.hidden = next >= all.length;
      added[0].querySelector('summary').focus({preventScroll: true});
    });
    return [...first, rest];
  }

  function severityCounts(found) {
    return SEVERITIES.map((severity) => [severity, found.filter((finding) => finding.severity === severity).length])
      .filter(([, number]) => number > 0);
  }

  function groupElement(key, name, title, found, open, fill) {
    const counts = severityCounts(found);
    const summary = element('summary', '',
      element('span', 'name', name), element('span', 'title', title),
      element('span', 'counts', ...counts.map(([severity, number]) => element('span', 'badge ' + severity, count(number, severity)))));
    const created = details('group ' + counts[0][0], toggled.get(key) ?? open, summary, fill);
    return remember(created, key);
  }

  /** @param byCode whether the group says where it is, and not which rule it is of */
  function findingElement(finding, open, byCode) {
    const where = byCode
      ? element('span', 'where', element('span', 'badge ' + finding.severity, finding.severity), ' ', element('b', '', finding.rule), '  ',
        simpleName(finding) + '.' + (finding.location.method || '') + '(' + source(finding.location) + ')')
      : markedPlace(finding.location);
    const times = finding.occurrences === 1 ? 'once' : count(finding.occurrences, 'time');
    const summary = element('summary', '', where,
      element('span', 'extent', finding.bytes === 0 ? times : count(finding.bytes, 'byte') + ', ' + times));
    const key = 'finding ' + finding.fingerprint;
    const created = details('finding ' + finding.severity, toggled.get(key) ?? open, summary, () => [view.body(finding)]);
    created.id = 'finding-' + finding.fingerprint;
    return remember(created, key);
  }

  /** Only a click or a key toggles; what a page does by itself is no wish of the reader. */
  function remember(created, key) {
    created.querySelector('summary').addEventListener('click', () => toggled.set(key, !created.open));
    return created;
  }

  // ---- costs, suppressed -----------------------------------------------------------------------------------------

  const WHOLE = {'redundant-flush': ['flushes', 'flush', 'flushes'], 'oversized-flush': ['flushes', 'flush', 'flushes'],
    'redundant-fence': ['fences', 'fence', 'fences']};

  function showShares() {
    const rows = [...group(findings.filter(isCost), (finding) => finding.rule)].map(([rule, found]) => {
      const times = sum(found, 'occurrences');
      const [member, noun, plural] = WHOLE[rule] || [];
      const whole = member ? page.summary[member] : 0;
      return element('li', '', element('span', 'mono', rule), ': ',
        element('b', '', whole >= times && whole > 0 ? percent(times, whole, 1) + ' of all ' + plural : count(times, 'time')),
        whole >= times && whole > 0 ? ' (' + numbers.format(times) + ' of ' + count(whole, noun, plural) + ')' : '',
        ', from ' + count(found.length, 'place'));
    });
    byId('shares').append(element('p', 'muted', 'Nothing is lost by these; they cost time.'), element('ul', 'shares', ...rows));
  }

  const KINDS = {file: 'suppressed', annotation: 'suppressed in the code', baseline: 'in the baseline'};

  function showSuppressed(some) {
    const gate = page.gate || {unusedSuppressions: [], expiredSuppressions: [], fixed: 0};
    const stale = [['Suppressions that no finding met', gate.unusedSuppressions], ['Suppressions whose last day is over', gate.expiredSuppressions]]
      .filter(([, list]) => list.length > 0)
      .map(([title, list]) => element('div', 'stale', element('h3', '', title), element('ul', '', ...list.map((line) => element('li', 'mono', line)))));
    const fixed = gate.fixed > 0 ? element('p', '', count(gate.fixed, 'finding') + ' of the baseline not met any more.') : null;
    byId('suppressed-section').hidden = suppressed.length === 0 && stale.length === 0 && fixed === null;
    byId('suppressed-section').replaceChildren(
      element('h2', '', 'Not counted'),
      ...stale, ...(fixed ? [fixed] : []),
      ...(some.length === 0 ? [] : [groupElement('suppressed', 'Suppressed and in the baseline', '', some, false, () =>
        lazily(some, (finding) => suppressedElement(finding)))]));
  }

  function suppressedElement(finding) {
    const created = findingElement(finding, false, false);
    const {kind, reason, until} = finding.suppression;
    created.querySelector('summary').append(element('span', 'reason', finding.rule + ', ' + (KINDS[kind] || kind)
      + (reason ? ': ' + reason : '') + (until ? ' (until ' + until + ')' : '')));
    return created;
  }

  // ---- tables --------------------------------------------------------------------------------------------------

  function showSegments() {
    const all = [...page.segments].sort((a, b) => b.unpersistedBytes - a.unpersistedBytes || a.id - b.id);
    byId('segments').append(...lazilyShown(all, segmentElement));
    byId('segments-section').hidden = all.length === 0;
  }

  function segmentElement(segment) {
    const words = [
      element('span', segment.unpersistedBytes > 0 ? 'bad' : '', numbers.format(segment.unpersistedBytes) + ' not persistent'),
      ' of ' + count(segment.storedBytes, 'byte') + ' stored',
      ', ' + size(segment.size),
      segment.domain ? ', ' + segment.domain : '', segment.sync ? ', sync' : ''];
    return element('div', 'segment', element('div', 'path', String(segment.id) + '  ' + (segment.path || '')), element('div', 'small', ...words),
      lineView.segmentMap(segment, null));
  }

  function lazilyShown(all, create) {
    const first = all.slice(0, all.length > TABLE_ROWS + 1 ? TABLE_ROWS : all.length).map(create);
    if (first.length === all.length) {
      return first;
    }
    const rest = button('more', 'Show all ' + numbers.format(all.length), () => rest.replaceWith(...all.slice(TABLE_ROWS).map(create)));
    return [...first, rest];
  }

  function showCheckpoints() {
    const rows = page.checkpoints.map((checkpoint) => element('tr', '', element('td', '', checkpoint.label || ''),
      number(checkpoint.unpersistedStores), number(checkpoint.unpersistedBytes)));
    fillTable('checkpoints', [['', 'Label'], ['right', 'Stores not persistent'], ['right', 'Bytes not persistent']], rows, TABLE_ROWS);
  }

  function fillTable(id, headings, rows, most) {
    if (rows.length === 0) {
      return;
    }
    const body = element('tbody', '', ...rows.slice(0, rows.length > most + 1 ? most : rows.length));
    const head = headings.map(([className, text]) => {
      const created = element('th', className, text);
      created.scope = 'col';
      return created;
    });
    byId(id).append(element('thead', '', element('tr', '', ...head)), body);
    if (rows.length > most + 1) {
      const rest = button('more', 'Show all ' + numbers.format(rows.length), () => {
        body.append(...rows.slice(most));
        rest.remove();
      });
      byId(id + '-section').append(rest);
    }
    byId(id + '-section').hidden = false;
  }

  // ---- keys, address, colours, paper -----------------------------------------------------------------------------

  /** Opens the finding that the address names, wherever it is. */
  function followAddress() {
    const fingerprint = decodeURIComponent(location.hash.replace(/^#finding-/, ''));
    if (!fingerprint || !findings.some((finding) => finding.fingerprint === fingerprint)) {
      return;
    }
    if (!byId('finding-' + fingerprint)) {
      search(fingerprint);
    }
    const found = byId('finding-' + fingerprint);
    found.open = true;
    found.scrollIntoView();
  }

  function listenToKeys() {
    document.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      const target = event.target;
      if (event.key === '/' && !target.matches('input, select, textarea')) {
        byId('search').focus();
        byId('search').select();
        event.preventDefault();
      } else if (event.key === 'Escape' && target === byId('search')) {
        search('');
      } else if (target.matches('summary')) {
        moveFrom(target, event);
      } else if (event.key === 'ArrowDown' && target === byId('search')) {
        focusSummary(0, event);
      }
    });
  }

  function summaries() {
    return [...document.querySelectorAll('main summary')].filter((summary) => summary.checkVisibility());
  }

  function focusSummary(index, event) {
    const all = summaries();
    const next = all[Math.max(0, Math.min(index, all.length - 1))];
    if (next) {
      next.focus();
      event.preventDefault();
    }
  }

  function moveFrom(summary, event) {
    const at = summaries().indexOf(summary);
    const box = summary.parentElement;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      focusSummary(at + (event.key === 'ArrowDown' ? 1 : -1), event);
    } else if (event.key === 'ArrowRight' && !box.open || event.key === 'ArrowLeft' && box.open) {
      summary.click();
      event.preventDefault();
    } else if (event.key === 'ArrowLeft' && box.parentElement.closest('details')) {
      box.parentElement.closest('details').querySelector('summary').focus();
      event.preventDefault();
    }
  }

  /** The choice is kept where the browser lets a page of a file keep anything. */
  function listenToTheme() {
    const theme = byId('theme');
    const apply = () => {
      if (theme.value) {
        document.documentElement.dataset.theme = theme.value;
      } else {
        delete document.documentElement.dataset.theme;
      }
    };
    try {
      theme.value = localStorage.getItem('pmemcheck-j-theme') || '';
    } catch (e) {
      theme.value = '';
    }
    apply();
    theme.addEventListener('change', () => {
      apply();
      try {
        localStorage.setItem('pmemcheck-j-theme', theme.value);
      } catch (e) {
        // then it holds for this page only
      }
    });
  }

  /** On paper nothing can be opened: so much of it is open as somebody may want to read there. */
  function listenToPrinter() {
    let opened = [];
    window.addEventListener('beforeprint', () => {
      const open = (box) => {
        if (!box.open) {
          box.fill();
          box.open = true;
          opened.push(box);
        }
      };
      document.querySelectorAll('#findings .group, #costs .group').forEach(open);
      document.querySelectorAll('#findings .group, #costs .group').forEach(open); // those of classes, inside
      [...document.querySelectorAll('#findings .finding, #costs .finding')].slice(0, PRINTED_IN_FULL).forEach(open);
    });
    window.addEventListener('afterprint', () => {
      opened.forEach((box) => { box.open = false; });
      opened = [];
    });
  }

  listenToTheme();
  showSummary();
  showRules();
  showExploration();
  showFilters();
  showShares();
  showFindings();
  showSegments();
  showCheckpoints();
  listenToKeys();
  listenToPrinter();
  followAddress();
  window.addEventListener('hashchange', followAddress);
})();
