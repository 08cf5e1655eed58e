import {
  contentOf,
  instantiate,
  learnerView,
  lintContent,
  mistakesOf,
  resolveVariant,
  solutionsOf,
  type AuthoredExercise,
  type AuthoredSubmission,
  type Content,
  type LearnerView,
} from '@kubedrill/content';
import {
  BaselineCache,
  gradeSubmission,
  prepareInstance,
  UnsupportedCommandError,
  type GradingResult,
  type SubmissionContent,
} from '@kubedrill/grader';
import { readContent } from '../content-root.ts';
import { markdownToHtml } from './markdown.ts';

/** What the page shows of one variant with one seed. */
export interface PreviewState {
  readonly title: string;
  readonly variants: readonly string[];
  /** What the lint says of this exercise. */
  readonly issues: readonly { readonly place: string; readonly severity: string; readonly message: string }[];
  /** Absent where it cannot be shown; the issues say why. */
  readonly view?: LearnerView & { readonly briefHtml: string };
  /** What authors wrote, ready to be handed in. */
  readonly examples: readonly { readonly name: string; readonly content: SubmissionContent }[];
}

export type PreviewGrading =
  { readonly kind: 'graded'; readonly result: GradingResult } | { readonly kind: 'fault'; readonly text: string };

/** One exercise as it lies on the disk: read anew when it is asked for after a change. */
export class Preview {
  private readonly root: string;
  private readonly id: string;
  private readonly baselines = new BaselineCache(4);
  private content: Content | undefined;

  constructor(root: string, id: string) {
    this.root = root;
    this.id = id;
  }

  /** Something has been saved. */
  forget(): void {
    this.content = undefined;
  }

  state(variant: string | undefined, seed: number): PreviewState {
    const content = this.read();
    const authored = this.find(content);
    const all = lintContent(content).map(({ severity, message, file, line }) => ({
      place: line === undefined ? file : `${file}:${line}`,
      ...{ severity, message, file },
    }));
    const issues = authored ? all.filter(({ file }) => file.startsWith(`${authored.path}/`)) : all;
    if (!authored) return { title: this.id, variants: [], issues, examples: [] };
    const { frame } = authored.exercise;
    const variants = frame.variants.map(({ id }) => id);
    const chosen = variant !== undefined && variants.includes(variant) ? variant : (variants[0] ?? '');
    const base = { title: frame.title, variants, issues };
    if (issues.some(({ severity }) => severity === 'error')) {
      try {
        learnerView(authored.exercise, chosen, seed);
      } catch {
        return { ...base, examples: [] };
      }
    }
    const view = learnerView(authored.exercise, chosen, seed);
    return {
      ...base,
      view: { ...view, briefHtml: markdownToHtml(view.brief) },
      examples: examplesOf(authored, chosen, seed),
    };
  }

  grade(variant: string, seed: number, content: SubmissionContent): PreviewGrading {
    const authored = this.find(this.read());
    if (!authored) return { kind: 'fault', text: `there is no exercise "${this.id}" that can be read` };
    try {
      const prepared = prepareInstance(instantiate(authored.exercise, variant, seed), this.baselines);
      return { kind: 'graded', result: gradeSubmission(prepared, content) };
    } catch (error) {
      if (error instanceof UnsupportedCommandError || error instanceof Error)
        return { kind: 'fault', text: error.message };
      throw error;
    }
  }

  private read(): Content {
    this.content ??= readContent(this.root);
    return this.content;
  }

  private find({ modules }: Content): AuthoredExercise | undefined {
    return modules.flatMap(({ exercises }) => exercises).find(({ exercise }) => exercise.frame.id === this.id);
  }
}

function examplesOf(authored: AuthoredExercise, variant: string, seed: number): PreviewState['examples'] {
  const resolution = resolveVariant(authored.exercise, variant, seed);
  if (!resolution.ok) return [];
  const { values } = resolution.resolved;
  const example =
    (group: string) =>
    ({ name, files }: AuthoredSubmission) => ({
      name: `${group} ${name}`,
      content: contentOf(files, authored.exercise.frame.accepts, values),
    });
  return [
    ...solutionsOf(authored, variant).map(example('solution')),
    ...mistakesOf(authored, variant).map(example('mistake')),
  ];
}
