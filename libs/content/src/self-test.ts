import {
  BaselineCache,
  createRandom,
  gradeSubmission,
  type DocumentServer,
  prepareInstance,
  UnsupportedCommandError,
  type GradingResult,
  type PreparedInstance,
  type SubmissionContent,
} from '@kubedrill/grader';
import { parseManifests, type ManifestFile } from '@kubedrill/kube-model';
import { contentOf, mistakesOf, solutionsOf, type Mistake } from './authored-submissions.ts';
import { fileOf } from './exercise.ts';
import { instantiate, resolveVariant, startFiles, type ResolvedVariant } from './instantiate.ts';
import type { AuthoredExercise } from './load-content.ts';
import { observedBrief } from './observed-brief.ts';
import { substituteText } from './substitute.ts';

/** One claim about an exercise that did not hold. */
export interface SelfTestFailure {
  readonly variant: string;
  readonly seed: number;
  /** "solution reference", "mistake selector-typo", "start". */
  readonly subject: string;
  readonly message: string;
}

export interface SelfTestReport {
  readonly exercise: string;
  /** Submissions graded. */
  readonly graded: number;
  readonly failures: readonly SelfTestFailure[];
}

/** What is tried unless somebody says otherwise. */
export const defaultSeeds: readonly number[] = Array.from({ length: 25 }, (_, index) => index + 1);

/**
 * Grades what the authors wrote, in every variant and for several seeds: every solution gets full marks, in any order of its
 * documents; what the learner starts from passes the checks of the baseline and no others; each mistake fails exactly the checks
 * that it names.
 */
export function selfTest(
  authored: AuthoredExercise,
  seeds: readonly number[] = defaultSeeds,
  serve?: DocumentServer,
): SelfTestReport {
  const reports = authored.exercise.frame.variants.map(({ id }) => selfTestVariant(authored, id, seeds, serve));
  return {
    exercise: authored.exercise.frame.id,
    graded: reports.reduce((sum, { graded }) => sum + graded, 0),
    failures: reports.flatMap(({ failures }) => failures),
  };
}

/** A part of it. */
export function selfTestVariant(
  authored: AuthoredExercise,
  variant: string,
  seeds: readonly number[],
  serve?: DocumentServer,
): SelfTestReport {
  const failures: SelfTestFailure[] = [];
  const baselines = new BaselineCache(1);
  let graded = 0;
  for (const seed of seeds) {
    const trial = new Trial({ authored, variant, seed, serve }, baselines);
    failures.push(...trial.run().map(({ subject, message }) => ({ variant, seed, subject, message })));
    graded += trial.graded;
  }
  return { exercise: authored.exercise.frame.id, graded, failures };
}

interface Complaint {
  readonly subject: string;
  readonly message: string;
}

interface TrialSetting {
  readonly authored: AuthoredExercise;
  readonly variant: string;
  readonly seed: number;
  readonly serve: DocumentServer | undefined;
}

/** One variant with one seed. */
class Trial {
  graded = 0;
  private readonly authored: AuthoredExercise;
  private readonly variant: string;
  private readonly seed: number;
  private readonly serve: DocumentServer | undefined;
  private readonly prepared: PreparedInstance;
  private readonly resolved: ResolvedVariant;

  constructor({ authored, variant, seed, serve }: TrialSetting, baselines: BaselineCache) {
    this.authored = authored;
    this.variant = variant;
    this.seed = seed;
    this.serve = serve;
    this.prepared = prepareInstance(instantiate(authored.exercise, variant, seed), baselines);
    const resolution = resolveVariant(authored.exercise, variant, seed);
    if (!resolution.ok) throw new Error('a variant that was prepared resolves');
    this.resolved = resolution.resolved;
  }

  run(): readonly Complaint[] {
    const { authored, variant } = this;
    return [
      ...this.briefShows(),
      ...supported('start', () => this.startKeepsBaseline()),
      ...solutionsOf(authored, variant).flatMap(({ name, files }) =>
        supported(`solution ${name}`, (subject) => this.solutionPasses(subject, files)),
      ),
      ...mistakesOf(authored, variant).flatMap((mistake) =>
        supported(`mistake ${mistake.name}`, (subject) => this.mistakeFails(subject, mistake)),
      ),
    ];
  }

  private briefShows(): readonly Complaint[] {
    const { exercise } = this.authored;
    const brief = substituteText(fileOf(exercise, this.variant, 'brief.md') ?? '', this.resolved.values);
    const { complaints } = observedBrief(brief, () => this.prepared);
    return complaints.map((message) => ({ subject: 'brief', message }));
  }

  private grade(content: SubmissionContent): GradingResult {
    this.graded += 1;
    return gradeSubmission(this.prepared, content, this.serve);
  }

  private content(files: readonly ManifestFile[]): SubmissionContent {
    return contentOf(files, this.authored.exercise.frame.accepts, this.resolved.values);
  }

  private startKeepsBaseline(): readonly Complaint[] {
    const content = this.startContent();
    if (!content) return [];
    const complaint = (message: string): readonly Complaint[] => [{ subject: 'start', message }];
    const { verdict, checks, ...result } = this.grade(content);
    const { baseline } = this.resolved.parts;
    if (verdict === 'passed') return complaint('gets full marks as it is handed out');
    if (verdict === 'rejected' || verdict === 'limited') {
      return verdict === baseline
        ? []
        : complaint(
            `is ${describeResult({ verdict, checks, ...result })}; if that is meant, write \`baseline: ${verdict}\``,
          );
    }
    const passed = checks.filter(({ status }) => status === 'passed').map(({ id }) => id);
    const declared =
      baseline === 'rejected' ? ['rejected'] : baseline.filter((id) => checks.some((check) => check.id === id));
    if (
      passed.join() ===
        checks
          .map(({ id }) => id)
          .filter((id) => declared.includes(id))
          .join() &&
      baseline !== 'rejected'
    )
      return [];
    return complaint(
      `passes ${listed(passed)}, and its baseline is ${listed(declared)}; if that is meant, write \`baseline: [${passed.join(', ')}]\``,
    );
  }

  /** What the learner starts from, handed in as it is; where that is nothing, a cluster in which nobody did anything. */
  private startContent(): SubmissionContent | undefined {
    const { exercise } = this.authored;
    switch (exercise.frame.accepts) {
      case 'answers':
        return undefined;
      case 'commands':
        return { kind: 'commands', commands: ['true'] };
      case 'files': {
        const start = startFiles(exercise, this.variant, this.resolved.values);
        if (start.length > 0) return { kind: 'files', files: start };
        return { kind: 'sandbox', sandbox: { id: 'untouched', startTime: anyTime, until: anyTime, journal: [] } };
      }
    }
  }

  private solutionPasses(subject: string, files: readonly ManifestFile[]): readonly Complaint[] {
    const content = this.content(files);
    const result = this.grade(content);
    if (result.verdict !== 'passed') return [{ subject, message: `does not pass: ${describeResult(result)}` }];
    if (content.kind !== 'files') return [];
    const other = shuffledDocuments(content.files, this.seed);
    if (other.length < 2) return [];
    const shuffled = this.grade({ kind: 'files', files: other });
    if (shuffled.verdict === 'passed') return [];
    return [{ subject, message: `does not pass with its documents in another order: ${describeResult(shuffled)}` }];
  }

  private mistakeFails(subject: string, { files, definition }: Mistake): readonly Complaint[] {
    const result = this.grade(this.content(files));
    const { rejected } = definition;
    const unrefused = rejected === undefined ? [] : this.isRefused(subject, rejected, result);
    // A command that was refused stops none of the others: the checks have their say as well.
    if (unrefused.length > 0 || (rejected !== undefined && result.verdict === 'rejected')) return unrefused;
    if (result.verdict === 'rejected' || result.verdict === 'limited') {
      return [{ subject, message: `should fail checks, but: ${describeResult(result)}` }];
    }
    const ids = new Set(result.checks.map(({ id }) => id));
    const wanted = definition.fails.filter((id) => ids.has(id));
    const failed = result.checks.filter(({ status }) => status !== 'passed').map(({ id }) => id);
    const unexpected = failed.filter((id) => !wanted.includes(id));
    const unharmed = wanted.filter((id) => !failed.includes(id));
    const complaints: Complaint[] = [];
    if (wanted.length === 0) complaints.push({ subject, message: 'names no check of this variant' });
    if (unharmed.length > 0) complaints.push({ subject, message: `passes ${unharmed.join(', ')}, which it must fail` });
    if (unexpected.length > 0)
      complaints.push({ subject, message: `fails ${unexpected.join(', ')} as well: ${describeResult(result)}` });
    return complaints;
  }

  private isRefused(subject: string, text: string, result: GradingResult): readonly Complaint[] {
    if (result.verdict !== 'rejected' && !result.commands)
      return [{ subject, message: `should be refused, but it is ${result.verdict}` }];
    if (result.messages.some((message) => message.text.includes(text))) return [];
    return [
      { subject, message: `is refused in other words: ${result.messages.map((message) => message.text).join('; ')}` },
    ];
  }
}

/** What was authored must not ask for more than the platform has. */
function supported(subject: string, trial: (subject: string) => readonly Complaint[]): readonly Complaint[] {
  try {
    return trial(subject);
  } catch (error) {
    if (error instanceof UnsupportedCommandError) return [{ subject, message: error.message }];
    throw error;
  }
}

/** When the untouched cluster is looked at: nothing in it depends on the date. */
const anyTime = 1_767_225_600_000;

function listed(ids: readonly string[]): string {
  return ids.length === 0 ? 'nothing' : ids.join(', ');
}

function describeResult({
  verdict,
  checks,
  messages,
  limit,
}: Pick<GradingResult, 'verdict' | 'checks' | 'messages' | 'limit'>): string {
  const failed = checks.flatMap(({ id, status, feedback }) =>
    status === 'failed' ? [`${id} (expected ${feedback?.expected ?? ''}; observed ${feedback?.observed ?? ''})`] : [],
  );
  const said = messages.filter(({ severity }) => severity === 'error').map(({ text }) => text);
  return [verdict, limit?.text, ...said, ...failed].filter((part) => part !== undefined).join('; ');
}

/** One file per document, in an order drawn from the seed; Namespaces stay in front, as a real cluster wants them. */
function shuffledDocuments(files: readonly ManifestFile[], seed: number): readonly ManifestFile[] {
  const random = createRandom(seed);
  const documents = [...parseManifests(files).documents];
  for (let last = documents.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    const [a, b] = [documents[last], documents[other]];
    if (a && b) [documents[last], documents[other]] = [b, a];
  }
  const isNamespace = ({ value }: (typeof documents)[number]): boolean => value.kind === 'Namespace';
  const ordered = [...documents.filter(isNamespace), ...documents.filter((document) => !isNamespace(document))];
  return ordered.map(({ value }, index) => ({ path: `${index}.yaml`, content: JSON.stringify(value) }));
}
