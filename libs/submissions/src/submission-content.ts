import type { Submission, SubmissionContent } from './submission.ts';

/** Bounds of what a learner may send. Lengths count UTF-16 code units. */
export const contentBounds = {
  files: 20,
  fileLength: 1_048_576,
  /** All files together. */
  totalLength: 2_097_152,
  commands: 200,
  /** All commands together. */
  commandsLength: 65_000,
  answers: 50,
  answerLength: 4_000,
} as const;

/** What is out of bounds, in words for the learner; empty when nothing is. */
export function contentProblems(content: SubmissionContent): readonly string[] {
  switch (content.kind) {
    case 'files':
      return fileProblems(content.files);
    case 'commands':
      return [
        ...countProblems('command', content.commands.length, contentBounds.commands),
        ...(content.commands.reduce((sum, text) => sum + text.length, 0) > contentBounds.commandsLength
          ? [`all commands together have more than ${contentBounds.commandsLength} characters`]
          : []),
      ];
    case 'answers':
      return [
        ...countProblems('answer', Object.keys(content.answers).length, contentBounds.answers),
        ...lengthProblems('an answer', Object.values(content.answers), contentBounds.answerLength),
      ];
    // Bounded by its host, which takes no more writes than it can replay.
    case 'sandbox':
      return [];
  }
}

function fileProblems(files: readonly { readonly path: string; readonly content: string }[]): readonly string[] {
  const total = files.reduce((sum, file) => sum + file.content.length, 0);
  return [
    ...countProblems('file', files.length, contentBounds.files),
    ...files
      .filter(({ content }) => content.length > contentBounds.fileLength)
      .map(({ path }) => `${path} has more than ${contentBounds.fileLength} characters`),
    ...(new Set(files.map(({ path }) => path)).size < files.length ? ['two files have the same path'] : []),
    ...(total > contentBounds.totalLength
      ? [`all files together have more than ${contentBounds.totalLength} characters`]
      : []),
  ];
}

function countProblems(what: string, count: number, most: number): readonly string[] {
  if (count === 0) return [`there is no ${what}`];
  return count > most ? [`there are more than ${most} ${what}s`] : [];
}

const lengthProblems = (what: string, texts: readonly string[], most: number): readonly string[] =>
  texts.some((text) => text.length > most) ? [`${what} has more than ${most} characters`] : [];

/** Equal exactly when two contents are the same, whatever the order of answers. */
function contentKey(content: SubmissionContent): string {
  switch (content.kind) {
    case 'files':
      return JSON.stringify(['files', content.files.map(({ path, content: text }) => [path, text])]);
    case 'commands':
      return JSON.stringify(['commands', content.commands]);
    case 'answers':
      return JSON.stringify(['answers', Object.entries(content.answers).sort(([a], [b]) => (a < b ? -1 : 1))]);
    // Its clock goes on: asked for again it is another state of the same sandbox.
    case 'sandbox':
      return JSON.stringify(['sandbox', content.sandbox.id]);
  }
}

/** Whether a repeated request with one idempotency key asks for what the first one made. */
export function isSameRequest(
  before: Pick<Submission, 'exerciseId' | 'variant' | 'content'>,
  request: Pick<Submission, 'exerciseId' | 'variant' | 'content'>,
): boolean {
  return (
    before.exerciseId === request.exerciseId &&
    before.variant === request.variant &&
    contentKey(before.content) === contentKey(request.content)
  );
}
