import type { Cluster, TracedOutcome } from '@kubedrill/cluster-sim';
import { diagnoseDestination } from '../../feedback/destination-diagnosis.ts';
import { evidenceOf } from '../../feedback/hop-evidence.ts';
import { diagnoseMissingDenial } from '../../feedback/policy-diagnosis.ts';
import { describeOutcome } from '../../observe/outcomes.ts';
import { defineCheckKind, type CheckContext, type CellFinding, type Finding } from '../check-kind.ts';
import { describeExpectation, expectsDenial, meetsExpectation } from '../reachability/expectation.ts';
import { pairsOf, type Pair } from '../reachability/pairs.ts';
import type { MatrixParameters } from './schema.ts';
import type { Cell } from './table.ts';

/** A cell that is not as it should be: a pair that went otherwise, or nobody to ask. */
interface Miss {
  readonly cell: Cell;
  readonly flow?: { readonly pair: Pair; readonly traced: TracedOutcome };
  readonly gap?: { readonly text: string; readonly evidence: NonNullable<Finding['evidence']> };
}

/** Of cells that differ, as many are explained. */
const mostCells = 20;

export const matrix = defineCheckKind({
  kind: 'matrix',
  evaluate(parameters, context) {
    const misses = parameters.expect.cells.flatMap((cell) => missOf(cell, parameters, context));
    const asked = parameters.expect.cells.length;
    return { credit: asked === 0 ? 0 : (asked - misses.length) / asked, misses, asked };
  },
  explain(_, { misses, asked }, { cluster }): Finding {
    const cells = misses.slice(0, mostCells).map((miss) => cellFinding(miss, cluster));
    const names = cells.map(({ from, to, expected, observed }) => `${from} -> ${to}: ${expected}, but ${observed}`);
    const more = misses.length > mostCells ? `; and ${misses.length - mostCells} more` : '';
    const [first] = cells;
    return {
      expected: `${asked} pairs as in the table`,
      observed: `${misses.length} of ${asked} differ: ${names.join('; ')}${more}`,
      ...(first?.hops ? { hops: first.hops } : {}),
      evidence: first?.evidence ?? [],
      cells,
    };
  },
});

function missOf(cell: Cell, { sources, targets }: MatrixParameters, context: CheckContext): readonly Miss[] {
  const [source, target] = [sources[cell.row], targets[cell.column]];
  if (!source || !target) return [];
  const { pairs, gap } = pairsOf(context.cluster, [source], [target]);
  if (gap) return [{ cell, gap }];
  const meets = meetsExpectation({ outcome: cell.expected }, context.cluster);
  for (const pair of pairs) {
    const traced = context.trace(pair.probe).outcomes.find(({ outcome }) => !meets(outcome));
    if (traced) return [{ cell, flow: { pair, traced } }];
  }
  return [];
}

function cellFinding({ cell, flow, gap }: Miss, cluster: Cluster): CellFinding {
  const place = { from: cell.row, to: cell.column, expected: describeExpectation({ outcome: cell.expected }) };
  if (!flow) return { ...place, observed: gap?.text ?? 'nobody is there to ask', evidence: gap?.evidence ?? [] };
  const { pair, traced } = flow;
  const isUndenied = traced.outcome.kind === 'delivered' && expectsDenial({ outcome: cell.expected }, cluster);
  const diagnosis = isUndenied
    ? diagnoseMissingDenial(cluster, pair.probe, traced)
    : diagnoseDestination(cluster, pair.probe, traced);
  return {
    ...place,
    observed: `${describeOutcome(traced.outcome)}${diagnosis ? `; ${diagnosis.text}` : ''}`,
    hops: traced.hops,
    evidence: [...(diagnosis?.evidence ?? []), ...evidenceOf(traced.hops)],
  };
}
