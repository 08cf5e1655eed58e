/** Injection tokens of the ports: interfaces leave no trace at run time that Nest could inject by. */
export const ports = {
  catalogue: Symbol('Catalogue'),
  progress: Symbol('ProgressReader'),
  leaderboards: Symbol('Leaderboards'),
  concepts: Symbol('Concepts'),
  submissionStore: Symbol('SubmissionStore'),
  submissionEvents: Symbol('SubmissionEvents'),
  queue: Symbol('GradingQueue'),
  accounts: Symbol('Accounts'),
  regradeStore: Symbol('RegradeStore'),
  exerciseVersions: Symbol('ExerciseVersions'),
  config: Symbol('ApiConfig'),
  kubectlAddress: Symbol('KubectlAddress'),
} as const;
