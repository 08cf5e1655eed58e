import { describe, expect, it } from '@jest/globals';
import { markdownToHtml } from '../../src/preview/markdown.ts';

const cases: readonly (readonly [what: string, markdown: string, html: string])[] = [
  ['a heading', '## Two *words*', '<h2>Two <em>words</em></h2>'],
  ['a paragraph of two lines', 'one\ntwo\n\nthree', '<p>one two</p>\n<p>three</p>'],
  ['code in a line stays as it is', 'a `**b** <c>` d', '<p>a <code>**b** &lt;c&gt;</code> d</p>'],
  ['a list whose item goes on', '- one\n  and a half\n- two', '<ul><li>one and a half</li><li>two</li></ul>'],
  ['a numbered list behind a paragraph', 'so:\n1. one\n2. two', '<p>so:</p>\n<ol><li>one</li><li>two</li></ol>'],
  ['a block of code', '```yaml\na: <b>\n```\nend', '<pre><code>a: &lt;b&gt;</code></pre>\n<p>end</p>'],
  ['a block that never ends', '```\na', '<pre><code>a</code></pre>'],
  [
    'a table',
    '| a | b |\n|---|---|\n| 1 | 2 |',
    '<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>',
  ],
  ['a link', 'see [it](section:node-port)', '<p>see <a title="section:node-port">it</a></p>'],
  ['HTML is text', '<script>alert("x")</script>', '<p>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;</p>'],
];

describe('markdownToHtml', () => {
  it.each(cases)('%s', (_, markdown, html) => {
    expect(markdownToHtml(markdown)).toBe(html);
  });
});
