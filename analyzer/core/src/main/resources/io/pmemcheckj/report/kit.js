'use strict';
// Elements and words that all parts of the page share. Text of the traced program only ever becomes text nodes, never markup.
const kit = (() => {
  const numbers = new Intl.NumberFormat('en-US');
  const SVG = 'http://www.w3.org/2000/svg';

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

  function svg(tag, attributes, ...children) {
    const created = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([name, value]) => created.setAttribute(name, value));
    created.append(...children);
    return created;
  }

  /** Shows characters that would be invisible, or would reorder the line, as escapes. */
  function visible(child) {
    return typeof child === 'string'
      ? child.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (c) => '\\u' + c.codePointAt(0).toString(16).padStart(4, '0'))
      : child;
  }

  /** The same where tabs and line ends have a meaning. */
  function visibleLines(text) {
    return text.split(/\r?\n/).map((line) => line.split('\t').map(visible).join('\t')).join('\n');
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
    let scaled = bytes;
    while (scaled >= 1024) {
      scaled /= 1024;
      unit++;
    }
    return scaled.toFixed(1) + ' ' + units[unit];
  }

  function duration(ms) {
    return ms < 1000 ? ms + ' ms' : ms < 60000 ? (ms / 1000).toFixed(1) + ' s' : Math.round(ms / 60000) + ' min';
  }

  /** Never 100 % for less than all, and never 0 % for something. */
  function percent(part, whole, digits) {
    const least = 10 ** -digits;
    return part === whole ? '100 %' : part === 0 ? '0 %'
      : Math.min(Math.max(part / whole * 100, least), 100 - least).toFixed(digits) + ' %';
  }

  function place(location) {
    return location.class ? location.class + '.' + location.method + '(' + source(location) + ')' : 'unknown place';
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

  /** @param inner what the place called, which seldom matters: frames of the JDK */
  function frames(stack, inner = []) {
    const short = 6;
    const frame = (location) => element('li', '', 'at ' + place(location));
    const list = element('ol', 'frames', ...stack.slice(0, short).map(frame));
    if (stack.length > short + 1) {
      const rest = button('link', count(stack.length - short, 'more frame'), () => item.replaceWith(...stack.slice(short).map(frame)));
      const item = element('li', '', rest);
      list.append(item);
    } else {
      list.append(...stack.slice(short).map(frame));
    }
    if (inner.length > 0) {
      const more = button('link', count(inner.length, 'frame') + ' inside it', () => first.replaceWith(...inner.map(frame)));
      const first = element('li', '', more);
      list.prepend(first);
    }
    return list;
  }

  function button(className, label, act) {
    const created = element('button', className, label);
    created.type = 'button';
    created.addEventListener('click', act);
    return created;
  }

  /** Details that are made when they are opened for the first time. */
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
    created.fill = fillOnce;
    return created;
  }

  function pairs(list) {
    return element('dl', 'pairs', ...list.filter(([, value]) => value).flatMap(([name, value]) =>
      [element('dt', '', name), element('dd', '', value)]));
  }

  /** What scrolls must be reachable by keyboard, and have a name then. */
  function reachable(box, name) {
    box.tabIndex = 0;
    box.setAttribute('role', 'group');
    box.setAttribute('aria-label', name);
    return box;
  }

  /** A button that copies the text, and says so; where it may not, it selects what is shown. */
  function copy(name, text, shown) {
    const done = element('span', 'muted');
    done.setAttribute('role', 'status');
    const said = (word) => {
      done.textContent = word;
      setTimeout(() => { done.textContent = ''; }, 2500);
    };
    const select = () => {
      getSelection().selectAllChildren(shown);
      said('selected; press Ctrl+C');
    };
    const created = button('copy', 'Copy', () => {
      if (navigator.clipboard) {
        navigator.clipboard.writeText(text).then(() => said('copied'), select);
      } else {
        select();
      }
    });
    created.setAttribute('aria-label', name);
    return element('span', 'copying', created, ' ', done);
  }

  function code(text) {
    const block = element('pre', '');
    block.textContent = visibleLines(text.replace(/\n$/, ''));
    return block;
  }

  /** Texts of the rule catalogue mark code with backticks. */
  function prose(paragraphs) {
    return paragraphs.map((paragraph) =>
      element('p', '', ...paragraph.split('`').map((part, index) => (index % 2 ? element('code', '', part) : part))));
  }

  return {byId, element, svg, visible, visibleLines, numbers, count, size, duration, percent, place, source, markedPlace, frames, button,
    details, pairs, reachable, copy, code, prose};
})();
