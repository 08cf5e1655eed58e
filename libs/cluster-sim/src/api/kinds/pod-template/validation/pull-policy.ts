import { oneOf, requiredText } from '../../../validation/rule.ts';

export const pullPolicy = requiredText(oneOf(['Always', 'IfNotPresent', 'Never']));
