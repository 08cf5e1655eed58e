import type { Json } from '@kubedrill/kube-model';
import type { Draw } from './draw.ts';
import { awkwardTexts } from './words.ts';

/** A document as a file would have it: block YAML down to some depth, JSON below. */
export function manifestText(value: Json, blockDepth: number, indentation = ''): string {
  const isBlock = typeof value === 'object' && value !== null && Object.keys(value).length > 0 && blockDepth > 0;
  if (!isBlock) return ` ${JSON.stringify(value)}\n`;
  const inner = `${indentation}  `;
  const lines = Array.isArray(value)
    ? value.map((element: Json) => `${indentation}-${manifestText(element, blockDepth - 1, inner)}`)
    : Object.entries(value).map(
        ([key, member]) =>
          `${indentation}${JSON.stringify(key)}:${manifestText(member ?? null, blockDepth - 1, inner)}`,
      );
  return `\n${lines.join('')}`;
}

const fragments = [
  ...[
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '&a ',
    '*a',
    '<<: *a\n',
    '!!binary ',
    '!x ',
    '? ',
    '- ',
    ': ',
    '| \n',
    '>-\n',
    '\t',
    '#',
    "'",
    '"',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    '\n',
    '\r',
    '  ',
    '~',
    '0o7',
    '1_000',
    'yes',
    '.inf',
    '.nan',
    '2026-01-01',
    '\ufeff',
    '\\u0000',
    '@',
    '`',
  ],
  ...awkwardTexts,
] as const;

/** The text with lines doubled, lost or moved, or with something that does not belong. */
export function mutatedText(draw: Draw, text: string, changes: number): string {
  let result = text;
  for (let change = 0; change < changes; change += 1) {
    const lines = result.split('\n');
    const at = draw.between(0, lines.length - 1);
    const line = lines[at] ?? '';
    const column = draw.between(0, line.length);
    switch (draw.between(0, 4)) {
      case 0:
        lines.splice(at, 0, line);
        break;
      case 1:
        lines.splice(at, 1);
        break;
      case 2:
        lines[at] = draw.percent(50) ? ` ${line}` : line.slice(1);
        break;
      case 3:
        lines[at] = line.slice(0, column) + line.slice(column + draw.between(1, 3));
        break;
      default:
        lines[at] = line.slice(0, column) + draw.pick(fragments) + line.slice(column);
    }
    result = lines.join('\n');
  }
  return result;
}
