import { z } from 'zod';

export const verdict = z.enum(['passed', 'partial', 'failed', 'rejected', 'limited']).meta({
  description:
    'passed: every check. partial: some weight earned. failed: none. rejected: the API server refused a manifest. limited: a bound of time, memory or objects was hit',
  example: 'partial',
});

const evidence = z
  .object({
    kind: z.string().meta({ example: 'Service' }),
    namespace: z.string().meta({ example: 'default' }),
    name: z.string().meta({ example: 'api' }),
    path: z
      .array(z.union([z.string(), z.int()]))
      .readonly()
      .meta({ example: ['spec', 'ports', 0, 'targetPort'] }),
  })
  .meta({ id: 'Evidence', description: 'The field of an object that decided at this hop' });

export const hopView = z
  .object({
    kind: z.string().meta({ description: 'What kind of station it is' }),
    at: z.string().meta({ description: 'Where it happened', example: 'node node-2' }),
    text: z.string().meta({ example: 'DNAT to 10.244.1.5:5678 (1 of 2 endpoints of default/api:http)' }),
    rule: z.string().optional().meta({ description: 'The rule as the real tool would print it' }),
    evidence: z.array(evidence).readonly().optional(),
  })
  .meta({ id: 'Hop', description: 'A station of a flow' });

export const sourceReference = z
  .object({
    file: z.string().meta({ example: 'api.yaml' }),
    line: z.int().min(1).meta({ example: 12 }),
    column: z.int().min(1).meta({ example: 17 }),
    field: z.string().meta({ example: 'Service default/api spec.ports[0].targetPort' }),
    excerpt: z.string().meta({ description: 'The line as it stands in the file', example: '      targetPort: 80' }),
  })
  .meta({ id: 'SourceReference', description: "The place in the learner's files that decided" });

const changeReference = z
  .object({
    field: z.string().meta({ example: 'Service default/api spec.ports[0].targetPort' }),
    entry: z.int().min(1).meta({ description: 'Number of the entry in the journal', example: 3 }),
    request: z.string().meta({ example: 'patch of Service default/api by kubectl-edit' }),
  })
  .meta({ id: 'ChangeReference', description: "For a sandbox: the learner's last change of the object that decided" });

const commandShape = {
  number: z.int().min(1).meta({ description: 'From 1', example: 2 }),
  line: z.int().min(1).meta({ description: 'Where it begins in what was submitted', example: 3 }),
  text: z.string().meta({ example: 'kubectl expose deployment web --port=80' }),
  exitCode: z.int().meta({ example: 0 }),
};

export const commandReport = z
  .object({
    ...commandShape,
    stdout: z.string().meta({ description: 'Its beginning', example: 'service/web exposed\n' }),
    stderr: z.string().meta({ description: 'Its beginning' }),
    interrupted: z.literal(true).optional().meta({ description: 'It does not end by itself' }),
  })
  .meta({ id: 'CommandReport', description: 'A command as it was typed, and what came of it' });

const commandReference = z
  .object({
    ...commandShape,
    did: z.enum(['changed', 'failed']).meta({
      description:
        'changed: it was the last to change the object that decided. failed: none changed it, and this one failed first',
    }),
    output: z.string(),
    field: z.string().optional().meta({ example: 'Service default/api spec.ports[0].targetPort' }),
  })
  .meta({ id: 'CommandReference', description: 'The command that decided' });

const cellFeedback = z
  .object({
    from: z.string().meta({ description: 'The row', example: 'frontend' }),
    to: z.string().meta({ description: 'The column', example: 'api' }),
    expected: z.string(),
    observed: z.string(),
    hop: hopView.optional().meta({ description: 'Where the flow ended' }),
    source: sourceReference.optional(),
  })
  .meta({ id: 'CellFeedback', description: 'A cell of a table of who reaches whom that is not as it should be' });

export const feedbackView = z
  .object({
    summary: z.string().meta({ example: 'Nothing listens on the target port of Service api.' }),
    expected: z.string(),
    observed: z.string(),
    hops: z.array(hopView).readonly().optional().meta({ description: 'The way of the flow; it ended at the last' }),
    source: sourceReference.optional(),
    change: changeReference.optional(),
    command: commandReference.optional(),
    cells: z
      .array(cellFeedback)
      .readonly()
      .optional()
      .meta({ description: 'Of a table of who reaches whom the cells that differ' }),
  })
  .meta({ id: 'Feedback' });

export const checkResultView = z
  .object({
    id: z.string().meta({ example: 'frontend-reads-api' }),
    title: z.string().meta({ example: 'The frontend reads http://api' }),
    weight: z.number().min(0).meta({ example: 3 }),
    status: z
      .enum(['passed', 'failed', 'notRun'])
      .meta({ description: 'notRun: the scenario ended before this check' }),
    credit: z.number().min(0).max(1).meta({ description: "Share of the check's weight that was earned", example: 0.5 }),
    feedback: feedbackView.optional(),
  })
  .meta({ id: 'CheckResult' });

export const submissionMessageView = z
  .object({
    severity: z.enum(['error', 'warning']),
    text: z.string().meta({ description: 'For refusals the words of the API server' }),
    position: z
      .object({ file: z.string(), line: z.int().min(1).optional(), column: z.int().min(1).optional() })
      .optional(),
  })
  .meta({ id: 'SubmissionMessage' });

export const receiptView = z
  .object({
    engine: z.string(),
    exercise: z.string(),
    variant: z.string(),
    seed: z.number(),
    submission: z.string(),
    result: z.string(),
  })
  .meta({ id: 'Receipt', description: 'SHA-256 digests: the same inputs give the same receipt on any machine' });

export const gradingResultView = z
  .object({
    verdict,
    score: z.number().min(0).max(1).meta({ description: 'Share of the weight that was earned', example: 0.75 }),
    points: z.int().min(0).meta({ example: 75 }),
    maxPoints: z.int().min(0).meta({ example: 100 }),
    checks: z.array(checkResultView).readonly(),
    messages: z.array(submissionMessageView).readonly(),
    commands: z
      .array(commandReport)
      .readonly()
      .optional()
      .meta({ description: 'What was typed, and what came of it; only where commands were submitted' }),
    limit: z
      .object({ bound: z.string().meta({ example: 'time' }), text: z.string() })
      .optional()
      .meta({ description: "The bound that was hit; only with verdict 'limited'" }),
    receipt: receiptView,
  })
  .meta({ id: 'GradingResult' });

export type GradingResultView = z.output<typeof gradingResultView>;
