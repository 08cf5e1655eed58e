export { runKubectl, type Workplace } from './run-kubectl.ts';
export { runOnWorkstation, type Workstation } from './workstation.ts';
