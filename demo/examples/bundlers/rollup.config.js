import resolve from '@rollup/plugin-node-resolve';

export default { input: 'bundlers/main.js', plugins: [resolve({ browser: true })] };
