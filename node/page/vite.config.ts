import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// HANSA_NODE names the node that `npm run dev` asks, such as http://localhost:8080.
const node = process.env.HANSA_NODE ?? 'http://localhost:8080';
const asked = ['/hansa.v1.Node', '/session', '/events', '/data', '/feeds', '/openapi.json', '/setup', '/proposals', '/csp-report'];

export default defineConfig({
  plugins: [svelte()],
  server: { proxy: Object.fromEntries(asked.map((path) => [path, { target: node, changeOrigin: true }])) },
  build: {
    target: 'es2022',
    // What is small stays a file too: the page's rules let it load files of its own alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
