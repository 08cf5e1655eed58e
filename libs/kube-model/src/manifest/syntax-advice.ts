/** go-yaml's words for a syntax error, and how a learner mends it. */
export interface SyntaxAdvice {
  readonly reason: string;
  readonly mend: string;
}

/** By the start of js-yaml's reason; go-yaml's words are those of scannerc.go and parserc.go. */
const ADVICE: readonly (readonly [reasonOfParser: string, reason: string, mend: string])[] = [
  [
    'tab characters must not be used',
    'found character that cannot start any token',
    'indent with spaces: a tab stands where the indentation is',
  ],
  [
    'can not read a block mapping entry; a multiline key',
    "could not find expected ':'",
    'write "key: value", with a colon and a space, on the line before or on this one',
  ],
  ["expected ':' after a mapping key", "could not find expected ':'", 'write "key: value", with a colon and a space'],
  [
    'a whitespace character is expected after the key-value separator',
    "could not find expected ':'",
    'put a space behind the colon',
  ],
  [
    'bad indentation of a mapping entry',
    'did not find expected key',
    'put fields of one object in one column; a value that holds ": " needs quotes',
  ],
  [
    'bad indentation of a sequence entry',
    "did not find expected '-' indicator",
    'put the dashes of one list in one column',
  ],
  [
    'missed comma between flow collection entries',
    "did not find expected ',' or ']' or '}'",
    'put a comma between the entries, and close each bracket',
  ],
  [
    'unexpected end of the stream within a flow collection',
    "did not find expected ',' or ']' or '}'",
    'close each [ with ] and each { with }',
  ],
  ['unexpected end of the stream within', 'found unexpected end of stream', 'close the quotes'],
  ['unexpected end of the document within', 'found unexpected document indicator', 'close the quotes'],
  [
    'deficient indentation',
    'did not find expected node content',
    'indent the lines of this value further than its key',
  ],
  ['unknown escape sequence', 'found unknown escape character', 'write a backslash as \\\\, or use single quotes'],
  ['a line break is expected', 'did not find expected comment or line break', 'start the text below the | or >'],
  [
    'end of the stream or a document separator is expected',
    "could not find expected ':'",
    'write "key: value", with a colon and a space, on every line above; start the fields of one object in one column',
  ],
  ['directives end mark is expected', 'did not find expected <document start>', 'take out the line that starts with %'],
];

const DEFAULT_MEND = 'look at the indentation, colons, dashes, quotes and brackets of this line and the one above';

export function adviceFor(reasonOfParser: string): SyntaxAdvice {
  for (const [start, reason, mend] of ADVICE) {
    if (reasonOfParser.startsWith(start)) return { reason, mend };
  }
  return { reason: reasonOfParser, mend: DEFAULT_MEND };
}
