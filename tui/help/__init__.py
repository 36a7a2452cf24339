"""Keys, glossary and playbook, one key away."""
