import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ProxyMode } from '@kubedrill/cluster-sim';
import type { Json } from '@kubedrill/kube-model';
import { filesBelow, readJson } from '../case-directory.ts';
import type { Difference } from '../comparison.ts';
import type { SimulatedRecordings } from '../recordings.ts';
import { inStep, outcomeOf, type StepDifference } from '../report.ts';
import { readDataplaneCase, type DataplaneAction, type DataplaneCase } from './case-file.ts';
import { createLab, type Lab } from './lab.ts';
import { replayOpen, replayProbe, replayUse } from './probe-replay.ts';
import { compareDumps } from './rule-dump.ts';
import { performChange } from './step-actions.ts';

const dumpedNode = 'node-1';

/**
 * Cases in a folder laid out as <mode>/<case>.json and <mode>/rules/<case>.node-1.txt. `mode`: replays them in another mode than
 * the recorded one, without the dumps of its rules.
 */
export function openDataplaneRecordings(folder: string, mode?: ProxyMode): SimulatedRecordings {
  return {
    names: filesBelow(folder, '.json')
      .filter((file) => path.basename(file) !== 'conformance.json')
      .map((file) => file.slice(0, -'.json'.length)),
    replay: (name) => outcomeOf(`dataplane/${name}`, () => replayCase(folder, name, mode)),
  };
}

function replayCase(folder: string, name: string, mode: ProxyMode | undefined): readonly StepDifference[] {
  const recorded = readDataplaneCase(readJson(path.join(folder, `${name}.json`)) as Json);
  const file = mode === undefined ? recorded : { ...recorded, proxyMode: mode, steps: withoutDumps(recorded.steps) };
  const rules = path.join(folder, path.dirname(name), 'rules', path.basename(name));
  return replay(file, (part) => readDump(`${rules}.${part === undefined ? '' : `${part}.`}${dumpedNode}.txt`));
}

function withoutDumps(steps: DataplaneCase['steps']): DataplaneCase['steps'] {
  return steps.filter(({ action }) => action.kind !== 'dump');
}

function readDump(file: string): string {
  if (!existsSync(file)) throw new Error(`${file}: the recorded dump is missing`);
  return readFileSync(file, 'utf8');
}

type DumpReader = (part: string | undefined) => string;

function replay(file: DataplaneCase, dumpOf: DumpReader): readonly StepDifference[] {
  const lab = createLab(file);
  return file.steps.flatMap(({ action, podsAfter, servicesAfter }, index) => {
    if (podsAfter) lab.pods.expect(podsAfter);
    const differences = perform(lab, file, action, dumpOf);
    if (servicesAfter) lab.services.observe(lab.cluster.view, servicesAfter);
    return inStep(`${index} ${describe(action)}`, differences);
  });
}

function perform(lab: Lab, file: DataplaneCase, action: DataplaneAction, dumpOf: DumpReader): readonly Difference[] {
  switch (action.kind) {
    case 'probe':
      return replayProbe(lab, action.probe, action.expected);
    case 'open':
      return replayOpen(lab, action.id, action.probe, action.answer);
    case 'use':
      return replayUse(lab, action.id, action.answer);
    case 'dump': {
      const observed = lab.cluster.proxyRules(dumpedNode);
      return compareDumps(file.proxyMode, dumpOf(action.part), observed, lab.services.translation());
    }
    default:
      performChange(lab, action);
      return [];
  }
}

function describe(action: DataplaneAction): string {
  if (action.kind !== 'probe') return action.kind;
  const { from, to, protocol } = action.probe;
  return `probe ${from} to ${JSON.stringify(to)} ${protocol}`;
}
