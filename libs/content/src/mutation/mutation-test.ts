import {
  BaselineCache,
  ClusterBehaviour,
  gradeSubmission,
  prepareInstance,
  UnsupportedCommandError,
  type BehaviourDifference,
  type DocumentServer,
  type GradingResult,
  type PreparedInstance,
  type SubmissionContent,
} from '@kubedrill/grader';
import { parseManifests } from '@kubedrill/kube-model';
import { contentOf, solutionsOf } from '../authored-submissions.ts';
import type { ParameterValues } from '../draw-parameters.ts';
import type { AcceptedFinding } from '../format.ts';
import { instantiate, resolveVariant } from '../instantiate.ts';
import type { AuthoredExercise, AuthoredSubmission, Module } from '../load-content.ts';
import { accepts } from './accepted-findings.ts';
import { commandMutants } from './command-mutants.ts';
import { manifestMutations } from './manifest-mutants.ts';
import { spread, type Mutant } from './mutant.ts';

/** hole: the cluster behaves otherwise, and all checks pass. strict: it behaves the same, and checks fail. */
export interface MutationFinding {
  readonly kind: AcceptedFinding['finding'];
  readonly variant: string;
  readonly seed: number;
  readonly solution: string;
  readonly place: string;
  readonly edit: string;
  /** Of the solution, relative to the content's root. */
  readonly file: string;
  readonly line: number;
  /** Of a hole: what has changed, the first few. */
  readonly differences: readonly BehaviourDifference[];
  /** Of what is too strict: the checks that failed, with what they observed. */
  readonly failed: readonly { readonly id: string; readonly observed: string }[];
}

export interface MutationReport {
  readonly exercise: string;
  /** Mutants graded. */
  readonly tried: number;
  /** Of these, what the API server or a constraint refused. */
  readonly refused: number;
  /** Mutants left out, because there are more than are tried. */
  readonly leftOut: number;
  readonly findings: readonly MutationFinding[];
  /** How many findings each of the exercise's explanations has accepted, and then each of the module's. */
  readonly accepted: readonly number[];
}

export interface MutationBounds {
  /** Of one solution in one variant with one seed. */
  readonly mutants: number;
  /** Asked before each grading. */
  readonly isTimeUp: () => boolean;
  /** What the API server has, for commands that ask. */
  readonly serve?: DocumentServer;
}

export const defaultMutants = 400;

const differencesShown = 3;

/** Changes every solution of a variant in every way that is known, and compares what the checks say with what the cluster does. */
export function mutateVariant(
  authored: AuthoredExercise,
  module: Pick<Module, 'accepted'>,
  { variant, seeds }: { readonly variant: string; readonly seeds: readonly number[] },
  bounds: MutationBounds,
): MutationReport {
  const { id, accepts: form } = authored.exercise.frame;
  const accepted = [...authored.exercise.frame.accepted, ...module.accepted];
  const report = {
    tried: 0,
    refused: 0,
    leftOut: 0,
    findings: [] as MutationFinding[],
    accepted: accepted.map(() => 0),
  };
  const baselines = new BaselineCache(1);
  for (const seed of form === 'answers' ? [] : seeds) {
    const prepared = prepareInstance(instantiate(authored.exercise, variant, seed), baselines);
    const resolution = resolveVariant(authored.exercise, variant, seed);
    if (!resolution.ok) throw new Error('a variant that was prepared resolves');
    const { values } = resolution.resolved;
    for (const solution of solutionsOf(authored, variant)) {
      const trial = new SolutionTrial({ authored, variant, seed, prepared, values, solution, serve: bounds.serve });
      const mutants = trial.mutants();
      const tried = spread(mutants, bounds.mutants);
      report.leftOut += mutants.length - tried.length;
      for (const mutant of tried) {
        if (bounds.isTimeUp()) {
          report.leftOut += 1;
          continue;
        }
        const finding = trial.try(mutant);
        report.tried += 1;
        if (finding === 'refused') report.refused += 1;
        else if (finding) note(finding, values);
      }
    }
  }
  return { exercise: id, ...report };

  function note(finding: MutationFinding, values: ParameterValues): void {
    const explained = accepted.flatMap((explanation, index) => (accepts(explanation, finding, values) ? [index] : []));
    for (const index of explained) report.accepted[index] = (report.accepted[index] ?? 0) + 1;
    if (explained.length === 0) report.findings.push(finding);
  }
}

interface TrialSubject {
  readonly authored: AuthoredExercise;
  readonly variant: string;
  readonly seed: number;
  readonly prepared: PreparedInstance;
  readonly values: ParameterValues;
  readonly solution: AuthoredSubmission;
  readonly serve: DocumentServer | undefined;
}

/** One solution, in one variant with one seed. */
class SolutionTrial {
  private readonly subject: TrialSubject;
  private readonly content: SubmissionContent;
  private readonly reference: readonly ClusterBehaviour[];

  constructor(subject: TrialSubject) {
    this.subject = subject;
    const { authored, solution, values } = subject;
    this.content = contentOf(solution.files, authored.exercise.frame.accepts, values);
    this.reference = this.grade(this.content).behaviour;
  }

  mutants(): readonly Mutant[] {
    const { prepared } = this.subject;
    switch (this.content.kind) {
      case 'files':
        return manifestMutations(prepared, parseManifests(this.content.files).documents).map(
          ({ documents, ...mutation }) => ({
            ...mutation,
            content: {
              kind: 'files',
              files: [
                { path: mutation.file, content: documents.map((value) => JSON.stringify(value)).join('\n---\n') },
              ],
            },
          }),
        );
      case 'commands':
        return commandMutants(prepared, this.content.commands.join('\n'));
      case 'answers':
      case 'sandbox':
        return [];
    }
  }

  try(mutant: Mutant): MutationFinding | 'refused' | undefined {
    const graded = this.gradeMutant(mutant);
    if (!graded || graded.result.verdict === 'rejected' || graded.result.verdict === 'limited') return 'refused';
    const { result, behaviour } = graded;
    const isPassed = result.verdict === 'passed';
    if (!isPassed && mutant.isNaming) return undefined;
    const differences = this.differences(behaviour, isPassed ? differencesShown : 1);
    if (isPassed === (differences.length === 0)) return undefined;
    const { variant, seed, solution } = this.subject;
    const { place, edit, line } = mutant;
    const failed = result.checks.flatMap(({ id, status, feedback }) =>
      status === 'passed' ? [] : [{ id, observed: feedback?.observed ?? status }],
    );
    const kind = isPassed ? 'hole' : 'strict';
    return {
      kind,
      variant,
      seed,
      solution: solution.name,
      place,
      edit,
      file: this.fileOf(mutant),
      line,
      differences,
      failed,
    };
  }

  private gradeMutant({ content, renamings }: Mutant): ReturnType<SolutionTrial['grade']> | undefined {
    try {
      return this.grade(content, renamings);
    } catch (error) {
      if (error instanceof UnsupportedCommandError) return undefined;
      throw error;
    }
  }

  private grade(
    content: SubmissionContent,
    renamings: Mutant['renamings'] = new Map(),
  ): { readonly result: GradingResult; readonly behaviour: readonly ClusterBehaviour[] } {
    const behaviour: ClusterBehaviour[] = [];
    const result = gradeSubmission(this.subject.prepared, content, this.subject.serve, (cluster, applied) => {
      behaviour.push(new ClusterBehaviour(cluster.fork(), applied, renamings));
    });
    return { result, behaviour };
  }

  private differences(behaviour: readonly ClusterBehaviour[], wanted: number): readonly BehaviourDifference[] {
    const found: BehaviourDifference[] = [];
    for (const [step, changed] of behaviour.entries()) {
      for (const difference of this.reference[step]?.differencesTo(changed) ?? []) {
        found.push(difference);
        if (found.length >= wanted) return found;
      }
    }
    return found;
  }

  /** The variant's own folder holds the file, or the shared one does. */
  private fileOf({ file }: Mutant): string {
    const { authored, variant, solution } = this.subject;
    const isOwn = authored.solutions.some(
      (own) => own.name === solution.name && own.variant === variant && own.files.some(({ path }) => path === file),
    );
    return `${authored.path}/${isOwn ? `variants/${variant}/` : ''}solutions/${solution.name}/${file}`;
  }
}
