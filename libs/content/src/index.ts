export * from './authored-submissions.ts';
export { readConcepts } from './concepts.ts';
export * from './content-issue.ts';
export type { DefinitionProblem } from './definition-problem.ts';
export { drawParameters, type ParameterValue, type ParameterValues } from './draw-parameters.ts';
export * from './exercise.ts';
export * from './exercise-version.ts';
export { readFolder } from './folder-reader.ts';
export { subfolder, type Folder } from './folder.ts';
export type {
  AcceptedFinding,
  ConceptDefinition,
  ExerciseFrame,
  MistakeDefinition,
  VariantDefinition,
} from './format.ts';
export { instantiate, resolveVariant, type ResolvedVariant } from './instantiate.ts';
export { exerciseJsonSchema, moduleJsonSchema } from './json-schema.ts';
export * from './learner-view.ts';
export * from './lint.ts';
export * from './load-content.ts';
export type { Parameter } from './parameter.ts';
export * from './mutation/mutation-test.ts';
export * from './self-test.ts';
export { runSection, type SectionRun } from './sections/run-section.ts';
export type { SectionSource } from './sections/section-source.ts';
export { skeletonOf, type SkeletonOrder } from './skeleton.ts';
