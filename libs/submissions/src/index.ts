export * from './grading-job.ts';
export * from './ports.ts';
export * from './submission.ts';
