import type { Rule } from './rule.ts';

const trigger = String.raw`endpoints\.kubernetes\.io/last-change-trigger-time`;

const emptyEvents =
  /Events:\n +Type {2}Reason {2}Age {2}From {2}Message\n( +---- {2}------ {2}---- {2}---- {2}-------\n)(?! +(Normal|Warning))/g;

/** Rule 10: what a race left behind, or did not. */
export const timingTraces: Rule = (text) =>
  text
    .replaceAll(/^.*ClusterIPNotAllocated.*\n/gm, '')
    .replaceAll(emptyEvents, 'Events:  <none>\n')
    .replaceAll(new RegExp(String.raw`^( *)annotations:\n\1  ${trigger}: "?<time>"?\n(?!\1  )`, 'gm'), '')
    .replaceAll(new RegExp(String.raw`^ *${trigger}: "?<time>"?\n`, 'gm'), '')
    .replaceAll(new RegExp(String.raw`^ *"annotations": \{\n *"${trigger}": "<time>"\n *\},\n`, 'gm'), '')
    .replaceAll(new RegExp(String.raw`^( *Annotations: +)${trigger}: <time>\n(?! {8})`, 'gm'), '$1<none>\n');
