export { limitPrefix, type DocumentRequest, type ServedDocument, type ServerDocuments } from './invocation.ts';
export { runKubectl, type Workplace } from './run-kubectl.ts';
export { runOnWorkstation, type Workstation } from './workstation.ts';
