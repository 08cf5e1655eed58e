export { limitPrefix, type DocumentRequest, type ServedDocument, type ServerDocuments } from './invocation.ts';
export { runKubectl, type Workplace } from './run-kubectl.ts';
export { runOnWorkstation, workstationHome, type Workstation } from './workstation.ts';
export { typeCommands, type TerminalBound, type TypedCommand, type TypingEnd } from './terminal.ts';
export { initialKubeconfig } from './kubeconfig.ts';
