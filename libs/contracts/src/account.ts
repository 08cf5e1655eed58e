import { z } from 'zod';
import { instant, tokenId, userId } from './identifier.ts';
import { listOf, pageOf, pageQuery } from './page.ts';

const email = z
  .email()
  .max(254)
  .toLowerCase()
  .meta({ description: 'Unique; letter case does not matter', example: 'ada@example.org' });

const userName = z
  .string()
  .min(2)
  .max(40)
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/, {
    error: 'letters, digits, dots, dashes and underscores, with a letter or digit at both ends',
  })
  .meta({ description: 'Shown on leaderboards; unique; letter case does not matter', example: 'ada' });

/** 200 characters bound the work of hashing. */
const password = z
  .string()
  .min(10)
  .max(200)
  .meta({ description: 'At least 10 characters', example: 'correct horse battery' });

export const role = z.enum(['learner', 'instructor', 'admin']).meta({ example: 'learner' });

export const registerRequest = z.strictObject({ email, name: userName, password }).meta({ id: 'Register' });

export const loginRequest = z
  .strictObject({
    email: z.string().min(1).max(254).toLowerCase().meta({ example: 'ada@example.org' }),
    password: z.string().min(1).max(200).meta({ example: 'correct horse battery' }),
  })
  .meta({ id: 'Login' });

export const accountView = z
  .object({ id: userId, email: z.string(), name: z.string().meta({ example: 'ada' }), role, createdAt: instant })
  .meta({ id: 'Account' });

export const accountPage = pageOf(accountView).meta({ id: 'AccountPage' });

export const accountQuery = pageQuery.extend({
  email: z
    .string()
    .min(1)
    .max(254)
    .toLowerCase()
    .optional()
    .meta({ description: 'Only the account with this address' }),
});

export const assignRole = z.strictObject({ role }).meta({ id: 'AssignRole' });

export const createToken = z
  .strictObject({
    name: z.string().min(1).max(100).meta({ description: 'What it is for', example: 'my laptop' }),
    expiresInDays: z.int().min(1).max(366).default(90).meta({ example: 90 }),
  })
  .meta({ id: 'CreateToken' });

export const tokenView = z
  .object({
    id: tokenId,
    name: z.string(),
    createdAt: instant,
    expiresAt: instant,
    lastUsedAt: instant.optional(),
  })
  .meta({ id: 'Token' });

export const createdToken = tokenView
  .extend({
    token: z
      .string()
      .meta({ description: 'Sent as `Authorization: Bearer <token>`; shown this once', example: 'kd_3fQ...' }),
  })
  .meta({ id: 'CreatedToken' });

export const tokenList = listOf(tokenView).meta({ id: 'TokenList' });

export type Role = z.output<typeof role>;
export type RegisterRequest = z.output<typeof registerRequest>;
export type LoginRequest = z.output<typeof loginRequest>;
export type AccountQuery = z.output<typeof accountQuery>;
export type AssignRole = z.output<typeof assignRole>;
export type AccountView = z.output<typeof accountView>;
export type CreateToken = z.output<typeof createToken>;
export type TokenView = z.output<typeof tokenView>;
export type CreatedToken = z.output<typeof createdToken>;
