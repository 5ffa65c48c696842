// Used with `eslint -c .eslint.config.mjs`: the top level of the repository holds no file of its own for it.
import { configs as lit } from 'eslint-plugin-lit';
import { configs as wc } from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      '**/.next/**',
      // Projects of their own, as their frameworks write them; their tests check their types.
      'demo/examples/**/*.ts',
      'coverage/**',
      '.shots/**',
      'test/types/snippets/**',
      'src/transports/mesh/shims/**',
      '**/*.mjs',
      '**/*.js',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked, wc['flat/best-practice'], lit['flat/recommended']],
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'test/tools/tsconfig.node.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    settings: { wc: { elementBaseClasses: ['LitElement'] } },
    rules: {
      // Lit makes the shadow root when it first renders.
      'wc/attach-shadow-constructor': 'off',
      eqeqeq: ['error', 'always'],
      'no-useless-rename': 'error',
      'object-shorthand': ['error', 'properties'],
      'no-empty': 'error',
      'no-console': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Tables give an element its properties and events; merging an interface gives it their types.
      '@typescript-eslint/no-unsafe-declaration-merging': 'off',
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      // A port may be asynchronous where this side of it is not.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // What is written to a terminal or to the developer of a page: the logger, the advice, and the command line.
    files: [
      'src/base/logger.ts',
      'src/element/commands/command-rows.ts',
      'src/element/host/advice/host-advice.ts',
      'src/facade/session/start-options.ts',
      'src/media/processors/processor-file.ts',
      'src/server/**/*.ts',
      'demo/**/*.ts',
      'test/**/*.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts', 'demo/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-misused-promises': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      'wc/guard-super-call': 'off',
    },
  },
);
