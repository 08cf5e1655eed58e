export * from './api/authorization/access.ts';
export { answerReview, reviewKindOf } from './api/authorization/access-review.ts';
export * from './api/authorization/impersonation.ts';
export { refusedAccess } from './api/authorization/authorizer.ts';
export { createKindRegistry } from './api/kinds/definitions.ts';
export { classOfVolume, isDefaultClass } from './api/kinds/persistent-volume-claim/storage-class-name.ts';
export { formatLabelSelector } from './api/printing/label-selector-text.ts';
export { accessModesText } from './api/printing/storage-tables.ts';
export { formatLabels, humanDuration, timeSince, type TableColumn } from './api/printing/table.ts';
export { tableOf, tableRow } from './api/printing/tables.ts';
export { goText, goType } from './api/go-text.ts';
export { goDuration } from './images/go-text.ts';
export { uncovered as uncoveredRules } from './api/authorization/policy-rule.ts';
export { compareQuantities, parseQuantity, plus, quantityInFormat, type Quantity } from './api/quantity.ts';
export { encodeBase64 } from './api/schema/base64.ts';
export { matchesLabels, parseLabelSelector, type LabelRequirement } from './api/selectors/label-selector.ts';
export {
  dns1123Subdomain,
  environmentVariableName,
  fileKey,
  labelValueFormat,
  portName,
  portNumber,
  qualifiedName,
} from './api/validation/text-format.ts';
export { goJson, goQuote } from './api/validation/go-quote.ts';
export { encodeGoJson } from './client/go-json.ts';
export { lastAppliedAnnotation } from './client/last-applied.ts';
export { patchLocally } from './client/local-patch.ts';
export { deepEqual } from './api/patch/json-value.ts';
export { utf8 } from './controllers/template-hash/fnv-hash.ts';
export { createThreeWayPatch, createTwoWayPatch } from './api/patch/strategic-diff.ts';
export * from './api/request.ts';
export type * from './api/schema/schema.ts';
export { refused, type Outcome as ApiOutcome, type Refusal } from './api/outcome.ts';
export { deleteOptionsOf } from './api/pipeline/delete-options.ts';
export { badRequest, failure } from './api/status.ts';
export {
  refusedOptions,
  validatePatchOptions,
  validateWriteOptions,
  type AskedWrite,
} from './api/validation/request-options.ts';
export type { ObjectSchema, Schema } from './api/schema/schema.ts';
export * from './client/kubectl.ts';
export * from './client/kubectl-error-text.ts';
export type { LastAppliedPlace } from './client/last-applied.ts';
export { metadataFault, quote, resourceOfManifest } from './client/manifest-object.ts';
export * from './cluster.ts';
export {
  byCreation as replicaSetsByCreation,
  findNew as findNewReplicaSet,
  hashLabel,
} from './controllers/deployment/replica-sets.ts';
export { matcherOf } from './controllers/label-selector.ts';
export { inVersion } from './api/pipeline/other-versions.ts';
export { isPodReady } from './controllers/pod-state.ts';
export { createCluster, type ClusterSettings } from './create-cluster.ts';
export * from './engine/controller.ts';
export * from './engine/random.ts';
export * from './engine/time.ts';
export type * from './exec/session/session.ts';
export { execFailureText } from './exec/exec-failure.ts';
export { reasonOf } from './exec/http-reasons.ts';
export { absolutePath, FileSystem } from './exec/file-system.ts';
export { fail, serve, type Budget, type ExecEnvironment, type Program } from './exec/program.ts';
export { debianTools, networkTools } from './exec/program-sets.ts';
export { BackgroundJobs } from './exec/shell/background-jobs.ts';
export { shell } from './exec/programs/sh.ts';
export { commandLines, type CommandLine } from './exec/shell/line-parser.ts';
export { TypedShell, type TypedResult } from './exec/shell/typed-shell.ts';
export { containerNames, defaultContainer, defaultedNotice } from './exec/run-exec.ts';
export * from './images/image-model.ts';
export * from './journal/journal-entry.ts';
export * from './journal/recorded-cluster.ts';
export * from './journal/replay.ts';
export * from './dns/hosts-file.ts';
export * from './dns/resolv-conf.ts';
export { allContainers } from './kubelet/container-role.ts';
export * from './kubelet/pod-behaviour.ts';
export * from './network/data-plane.ts';
export * from './network/flow.ts';
export * from './network/http-bytes.ts';
export * from './network/network-options.ts';
export { ipvsSchedulers, type IpvsScheduler } from './proxy/ipvs/schedulers.ts';
export { proxyModes } from './proxy/proxy-backends.ts';
export { sha256 } from './proxy/sha256.ts';
export * from './store/object-store.ts';
export * from './store/object-view.ts';
