import type { Rule } from './rule.ts';

/** Rule 8: ages, alone or with how often something happened. */
export const ages: Rule = (text) =>
  text
    .replaceAll(
      /(^|(?<= {2}))(?:\d+y)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?<=[dhmsy]) \(x\d+ over [\dydhms]+\)/gm,
      '<age>',
    )
    .replaceAll(/(^|(?<= {2}))\d+[ydhms](?:\d+[ydhms])?(?= {2}|[ \t]*$)/gm, '<age>');

/** Rule 9: how wide a column is depends on what stands in it. */
export const columnWidths: Rule = (text) => text.replaceAll(/(\S) {2,}/g, '$1  ').replaceAll(/[ \t]+$/gm, '');
