// `node tools/kubectl-help.mjs <kubectl>`: makes libs/kubectl/src/help-texts.json of what a real kubectl says when it is asked for
// help: the text of each command, with the options that many of them share kept once.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const [binary] = process.argv.slice(2);
if (binary === undefined) throw new Error('usage: node tools/kubectl-help.mjs <kubectl>');

/** Some defaults are paths below the home directory: that of the workstation. */
const env = { HOME: '/root', PATH: '/usr/bin:/bin' };
const kubectl = (...words) => execFileSync(binary, words, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });

/** "create service clusterip". */
const deepest = 3;
const options = [];
const commands = {};

function read(words) {
  const text = kubectl(...words, '--help');
  commands[words.join(' ')] = split(text);
  if (!/Commands[^\n]*:\n/.test(text) || words.length === deepest) return;
  const [listing] = text.split('\nUsage:\n');
  for (const [, name] of listing.matchAll(/^ {2}([a-z][a-z0-9-]*) {2,}\S/gm)) read([...words, name]);
}

/** An option is two lines and an empty one. */
function split(text) {
  const heading = '\nOptions:\n';
  const start = text.indexOf(heading);
  if (start < 0) return { before: text, options: [], after: '' };
  const end = text.indexOf('\nUsage:\n', start);
  const listed = text
    .slice(start + heading.length, end)
    .trimEnd()
    .split('\n\n');
  return { before: text.slice(0, start + heading.length), options: listed.map(indexOf), after: text.slice(end) };
}

function indexOf(option) {
  if (!options.includes(option)) options.push(option);
  return options.indexOf(option);
}

read([]);
const target = path.resolve(import.meta.dirname, '../libs/kubectl/src/help-texts.json');
writeFileSync(target, `${JSON.stringify({ global: kubectl('options'), options, commands }, undefined, 1)}\n`);
