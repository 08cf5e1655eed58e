import type { ObjectView } from '@kubedrill/cluster-sim';
import type { Place } from '../transcript-client.ts';
import type { StepOutput, Transcript, TranscriptStep } from '../transcript.ts';
import { clusterIPs, nodePorts, placement } from './addresses.ts';
import { hashes, randomNames } from './generated-names.ts';
import { sortChanceLines, sortLines } from './line-order.ts';
import { Numbering } from './numbering.ts';
import { ObservedNames } from './observed-names.ts';
import { opaqueValues } from './opaque-values.ts';
import type { Rule, SessionKnowledge } from './rule.ts';
import { ages, columnWidths } from './table-cells.ts';
import { timingTraces } from './timing-traces.ts';

/** Takes what is a matter of chance out of a session's outputs: rules 1 to 11 of FORMAT.md, in their order. */
export class Normalisation {
  private readonly knowledge: SessionKnowledge;
  private readonly places: readonly Place[];

  constructor({ files, steps }: Pick<Transcript, 'files' | 'steps'>, places: readonly Place[]) {
    this.places = places;
    const literal = [...files].flat().concat(steps.map(({ run }) => run));
    this.knowledge = {
      names: new ObservedNames(),
      clusterIPs: new Numbering('clusterIP'),
      nodePorts: new Numbering('nodePort'),
      isLiteral: (value) => literal.some((text) => text.includes(value)),
    };
  }

  /** Learns the names in the cluster that chance gave: before and after each step. */
  observe(view: ObjectView): void {
    this.knowledge.names.observe(view);
  }

  normalised({ stdout, stderr, rc }: StepOutput, step: Pick<TranscriptStep, 'sorted' | 'keepsNodes'>): StepOutput {
    return { stdout: this.text(stdout, step), stderr: this.text(stderr, step), rc };
  }

  private text(text: string, { sorted, keepsNodes }: Pick<TranscriptStep, 'sorted' | 'keepsNodes'>): string {
    const rules: readonly Rule[] = [
      randomNames,
      hashes,
      opaqueValues,
      clusterIPs,
      ...(keepsNodes ? [] : [placement]),
      nodePorts,
      ages,
      columnWidths,
      timingTraces,
    ];
    const placed = this.places.reduce((left, place) => left.replaceAll(place.text, place.placeholder), text);
    const bare = rules.reduce((left, rule) => rule(left, this.knowledge), placed);
    return sorted ? sortLines(bare) : sortChanceLines(bare);
  }
}
