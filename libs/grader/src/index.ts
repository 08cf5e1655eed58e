export * from './grading-result.ts';
