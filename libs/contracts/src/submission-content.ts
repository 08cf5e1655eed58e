import { z } from 'zod';

/** Bounds of what a learner may send. `content` counts UTF-16 code units, as JSON readers count a string's length. */
export const submissionBounds = {
  files: 20,
  pathLength: 200,
  contentLength: 1_048_576,
  /** All files together. */
  totalLength: 2_097_152,
  commands: 200,
  /** All commands together, heredocs included. */
  commandsLength: 65_000,
  answers: 50,
  answerKeyLength: 100,
  answerLength: 4_000,
} as const;

/** Relative, of plain characters, no way out of the folder, no hidden names. */
const filePath = z
  .string()
  .min(1)
  .max(submissionBounds.pathLength)
  .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/, {
    error: 'a relative path of letters, digits, dots, dashes and underscores',
  })
  .meta({
    description: "The file's name, for feedback and for the order in which files are applied",
    example: 'api.yaml',
  });

export const submissionFile = z
  .strictObject({
    path: filePath,
    content: z
      .string()
      .max(submissionBounds.contentLength)
      .meta({ description: 'The text, as it stands in the file', example: 'apiVersion: v1\nkind: Service\n' }),
  })
  .meta({ id: 'SubmissionFile' });

export const submissionFiles = z
  .array(submissionFile)
  .min(1)
  .max(submissionBounds.files)
  .refine((files) => new Set(files.map((file) => file.path)).size === files.length, {
    error: 'two files have the same path',
  })
  .refine((files) => files.reduce((sum, file) => sum + file.content.length, 0) <= submissionBounds.totalLength, {
    error: `all files together may have ${submissionBounds.totalLength} characters`,
  })
  .meta({ description: 'Manifests, one or several documents each' });

const tooLong = { error: `all commands together may have ${submissionBounds.commandsLength} characters` };

export const submissionCommands = z
  .union([
    z.string().min(1).max(submissionBounds.commandsLength, tooLong),
    z
      .array(z.string().min(1).max(submissionBounds.commandsLength, tooLong))
      .min(1)
      .max(submissionBounds.commands)
      .refine(
        (commands) => commands.reduce((sum, text) => sum + text.length, 0) <= submissionBounds.commandsLength,
        tooLong,
      ),
  ])
  .meta({
    description:
      'What is typed at a workstation with kubectl, in order: lines of one text, or an element for each command. Heredocs, pipes and variables work',
    example: ['kubectl expose deployment web --port=80'],
  });

/** zod leaves out a key `__proto__`: the answer counts as not given. */
export const submissionAnswers = z
  .record(z.string().min(1).max(submissionBounds.answerKeyLength), z.string().max(submissionBounds.answerLength))
  .refine((answers) => Object.keys(answers).length <= submissionBounds.answers, {
    error: `at most ${submissionBounds.answers} answers`,
  })
  .meta({ description: 'Answers by the id of the check that asks', example: { 'endpoints-after-deletion': '2' } });
