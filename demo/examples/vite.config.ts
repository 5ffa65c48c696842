// One build of all examples. A project of its own needs only its framework's line.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

const pages = ['html', 'react', 'vue', 'svelte', 'solid', 'csp', 'iframe', 'cometchat', 'truth'];

export default defineConfig({
  plugins: [
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('cometchat-') } } }),
    svelte(),
    solid({ include: 'solid/**' }),
  ],
  build: {
    // The element needs nothing older, and the modules are loaded as they are.
    target: 'es2022',
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: pages.map((page) => `${page}/index.html`),
      // The script of the HTML example is served beside it.
      external: ['/dist/cdn/cometchat-call.min.js'],
      onwarn(warning) {
        throw new Error(warning.message);
      },
    },
  },
});
