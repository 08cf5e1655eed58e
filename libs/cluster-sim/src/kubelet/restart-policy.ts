import type { Container, Pod, RestartPolicyRule } from '@kubedrill/kube-model';
import type { ContainerRole } from './container-role.ts';

/** Whether the kubelet starts the container again after it has ended with that code. */
export function restarts({ spec }: Pod, container: Container, role: ContainerRole, exitCode: number): boolean {
  if (role === 'sidecar') return true;
  if (role === 'ephemeral') return false;
  // An init container that has succeeded is done whatever the policy.
  if (role === 'init' && exitCode === 0) return false;
  return shouldRestart(container, spec.restartPolicy, exitCode);
}

/** pkg/api/v1/pod/util.go ContainerShouldRestart: rules by exit code come first, then the container's policy, then the Pod's. */
export function shouldRestart(
  { restartPolicy, restartPolicyRules = [] }: Container,
  podPolicy: string | undefined,
  exitCode: number,
): boolean {
  if (restartPolicy !== undefined && restartPolicyRules.some((rule) => matches(rule, exitCode))) return true;
  const policy = restartPolicy ?? podPolicy;
  return policy === 'OnFailure' ? exitCode !== 0 : policy !== 'Never';
}

function matches({ exitCodes }: RestartPolicyRule, exitCode: number): boolean {
  if (!exitCodes) return false;
  const isListed = exitCodes.values?.includes(exitCode) ?? false;
  return exitCodes.operator === 'NotIn' ? !isListed : isListed;
}

/** Whether a container that a probe or a hook has ended is started again: only policies count, as nothing has exited (computePodActions). */
export function restartsAfterKill({ spec }: Pod, { restartPolicy }: Container, role: ContainerRole): boolean {
  if (role === 'ephemeral') return false;
  return role === 'sidecar' || (restartPolicy ?? spec.restartPolicy) !== 'Never';
}
