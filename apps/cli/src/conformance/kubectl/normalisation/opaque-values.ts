import type { Rule } from './rule.ts';

const days = 'Mon|Tue|Wed|Thu|Fri|Sat|Sun';

/** Rule 4: identifiers, versions and times. */
export const opaqueValues: Rule = (text) => {
  const known = text
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uid>')
    .replaceAll(/\b(containerID|imageID)("?: *)"?[^\s",]+"?/g, '$1$2<id>')
    .replaceAll(/^(\s*(?:Container|Image) ID: +)\S+/gm, '$1<id>')
    .replaceAll(/(resourceVersion"?: *)"?\d+"?/g, '$1<rv>');
  const generations = /kind"?: "?EndpointSlice/.test(known)
    ? known.replaceAll(/(generation"?: )\d+/g, '$1<gen>')
    : known;
  return generations
    .replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>')
    .replaceAll(new RegExp(String.raw`\b(${days}), \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000`, 'g'), '<time>')
    .replaceAll(/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000 UTC/g, '<time>')
    .replaceAll(/^([EWIF])\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ [\w./-]+:\d+\]/gm, '$1<klog>]');
};
