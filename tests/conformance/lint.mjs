// Prints what the linter has to say of a schema: node lint.mjs <file>. One schema a process: the plugin keeps the first.
import { ESLint } from 'eslint';

const linter = new ESLint({
  cwd: new URL('../..', import.meta.url).pathname,
  overrideConfigFile: new URL('eslint.config.mjs', import.meta.url).pathname,
});
const complaints = (await linter.lintFiles(process.argv.slice(2))).flatMap(({ messages }) => messages);
console.log(JSON.stringify(complaints.map(({ line, ruleId, message }) => `${line}: ${ruleId}: ${message}`)));
