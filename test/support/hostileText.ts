import { fc } from './properties/fastCheck.ts';

/**
 * Pieces that do harm somewhere: links that run commands, HTML, Markdown, terminal sequences, line endings, reading
 * direction, lone surrogates.
 */
const pieces = [
  ...['[x](command:workbench.action.quit)', '[', ']', '](', '(', ')', 'command:', '](https://evil.example "t")', '!['],
  ...['<img src=x onerror=alert(1)>', '<script>', '</td>', '<!--', '-->', '<', '>', '&lt;', '&#60;', '<http://a.b>'],
  ...['http://evil.example/', 'https://a.b/**', 'www.evil.example', 'me@evil.example', 'ftp://x.y', '://', '//'],
  ...[
    '`',
    '``',
    '```\n',
    '~~~',
    '|',
    '\\',
    '\\\\',
    '*',
    '**',
    '_',
    '__',
    '#',
    '# ',
    '- ',
    '> ',
    '1. ',
    '---',
    '===',
    '    ',
  ],
  ...['$(sync~spin)', '$', ':', '{0}', '{name}', '\n', '\n\n', '\r', '\r\n', '\t', ' ', '\u2028', '\u0085', '\0'],
  ...['\u001b', '\u001b[31m', '\u001b[8m', '\u001b[2J', '\u001b]52;c;ZQ==\u0007', '\u001b]0;t', '\u001b\\', '\u009b2J'],
  ...[
    '\u009d52;c;ZQ==\u009c',
    '\u001bP',
    '\u001bc',
    '[31m',
    ']52;c;',
    '\u0007',
    '\b',
    '\u007f',
    '\r\u001b[K',
    '\u202e',
  ],
  ...['\u2066', '\u200b', '\ud800', '\udc00', '\ufdd0', 'node01', '10.6.0.1', 'a', '0', 'ä', '[a]: http://b'],
];

/** A text as anyone might enter it: random characters and hostile pieces in any order. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pieces) }, fc.string({ unit: 'binary', maxLength: 4 })), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''));
