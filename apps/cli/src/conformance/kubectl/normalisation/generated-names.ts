import { randomLetters } from './observed-names.ts';
import type { Rule } from './rule.ts';

/** Rule 2: names of Pods and EndpointSlices, and what else looks like a name of something generated. */
export const randomNames: Rule = (text, { names, isLiteral }) => {
  const known = [...names.randomised].filter(([name]) => !isLiteral(name)).sort(([a], [b]) => b.length - a.length);
  const replaced = known.reduce((left, [name, placeholder]) => left.replaceAll(name, placeholder), text);
  return [...names.prefixes].reduce(
    (left, prefix) =>
      left.replaceAll(
        new RegExp(`(?<![a-z0-9-])${literal(prefix)}-${randomLetters}{5}(?![a-z0-9-])`, 'g'),
        `${prefix}-<rand>`,
      ),
    replaced,
  );
};

/** Rule 3: hashes of pod templates; names of token volumes and of Events. */
export const hashes: Rule = (text, { names }) =>
  [...names.hashes]
    .reduce(
      (left, [hash, placeholder]) =>
        left.replaceAll(new RegExp(`(?<![a-z0-9])${literal(hash)}(?![a-z0-9])`, 'g'), placeholder),
      text,
    )
    .replaceAll(/kube-api-access-[a-z0-9]{5}\b/g, 'kube-api-access-<rand>')
    .replaceAll(/\.[0-9a-f]{16}\b/g, '.<rand>');

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
