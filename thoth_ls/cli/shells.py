"""Scripts that make shells complete `thoth …`: each asks `thoth completions --list`."""

BASH = r"""# Completion of thoth for bash: put `source <(thoth completions bash)` into ~/.bashrc.
_thoth() {
    local value rest
    COMPREPLY=()
    while IFS=$'\t' read -r value rest; do
        if [[ $value == :files ]]; then
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$2")
            return
        fi
        COMPREPLY+=("$value")
    done < <("$1" completions --list -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _thoth thoth
"""

ZSH = r"""#compdef thoth
# Completion of thoth for zsh: put `source <(thoth completions zsh)` into ~/.zshrc, after compinit.
_thoth() {
    local value said
    local -a values lines
    while IFS=$'\t' read -r value said; do
        if [[ $value == :files ]]; then
            _files
            return
        fi
        values+=("$value")
        lines+=("$value${said:+  -- $said}")
    done < <("${(Q)words[1]}" completions --list -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)
    (( $#values )) && compadd -l -d lines -a values
}
if [[ $funcstack[1] == _thoth ]]; then
    _thoth "$@"
else
    compdef _thoth thoth
fi
"""

FISH = r"""# Completion of thoth for fish: thoth completions fish > ~/.config/fish/completions/thoth.fish
function __thoth_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l found (command $words[1] completions --list -- $words[2..-1] 2>/dev/null)
    if test "$found[1]" = ":files"\t
        __fish_complete_path (commandline -ct)
    else
        printf '%s\n' $found
    end
end
complete -c thoth -f -a '(__thoth_complete)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}
"""By the name of the shell."""
