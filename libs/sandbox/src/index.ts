export { ProcessHosts, type ProcessHostsOptions } from './host/process-hosts.ts';
export { SandboxGateway, type Admission } from './host/sandbox-gateway.ts';
export * from './process-sandbox.ts';
export * from './sandbox-options.ts';
