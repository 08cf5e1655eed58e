export * from './bull-grading-queue.ts';
export * from './bull-grading-worker.ts';
export * from './embedded-grading-queue.ts';
export * from './retry-policy.ts';
