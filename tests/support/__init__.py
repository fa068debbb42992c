"""What tests share: sounds, words, stores, pages without a browser, and the app in a process of its own."""
