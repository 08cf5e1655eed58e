import { decodeBase64Text, encodeBase64 } from '../../api/schema/base64.ts';
import { utf8Characters, utf8Text } from '../../api/schema/utf8.ts';
import { sha256 } from '../../proxy/sha256.ts';
import { textFilter } from '../text-filter.ts';
import { joinLines, linesOf, wholeNumber } from '../text.ts';

const defaultWidth = 76;

/** base64 [-d] [-w COLUMNS] [FILE] */
export const base64 = textFilter({
  name: 'base64',
  short: 'dw:i',
  long: { decode: 'd', 'wrap:': 'w' },
  filter({ options, texts }) {
    const text = texts.map((one) => one.text).join('');
    if (options.has('d')) return { stdout: decoded(text) };
    const encoded = encodeBase64(text);
    const width = wholeNumber(options.last('w')) ?? defaultWidth;
    if (width === 0) return { stdout: encoded };
    return { stdout: joinLines(encoded.match(new RegExp(`.{1,${width}}`, 'g')) ?? []) };
  },
});

/** Bytes that are no UTF-8 become replacement characters, as they do on a screen. */
function decoded(encoded: string): string {
  const bytes = decodeBase64Text(encoded.replace(/\s/g, ''));
  return utf8Text(bytes) ?? bytes.replace(/[\x80-\xff]/g, '\ufffd');
}

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

/** sha256sum FILE... */
export const sha256sum = textFilter({
  name: 'sha256sum',
  short: 'bt',
  filter: ({ texts }) => ({
    stdout: joinLines(texts.map(({ name, text }) => `${[...sha256(utf8Characters(text))].map(hex).join('')}  ${name}`)),
  }),
});

/** tac FILE...: the last line first. */
export const tac = textFilter({
  name: 'tac',
  short: '',
  filter: ({ texts }) => ({ stdout: texts.map(({ text }) => joinLines(linesOf(text).reverse())).join('') }),
});

/** nl FILE...: lines that are not empty are numbered. */
export const nl = textFilter({
  name: 'nl',
  short: 'b:',
  filter({ options, texts }) {
    let number = 0;
    const all = options.last('b') === 'a';
    const lines = linesOf(texts.map(({ text }) => text).join(''));
    return {
      stdout: joinLines(
        lines.map((line) => (line === '' && !all ? '       ' : `${String((number += 1)).padStart(6)}\t${line}`)),
      ),
    };
  },
});
