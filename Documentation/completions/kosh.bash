# bash completion for kosh
_kosh() {
  local IFS=$'\n' current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
  # --format=csv comes as three words.
  if [[ $current == = ]]; then current=; elif [[ $previous == = ]]; then previous=${COMP_WORDS[COMP_CWORD-2]}; fi
  case $previous in
    --format) _kosh_words table lines csv tsv json xml markdown turtle ntriples; return ;;
    --from|--to) _kosh_words kosh turtle trig ntriples nquads; return ;;
    --color) _kosh_words auto always never; return ;;
    --load-from) COMPREPLY=($(compgen -d -- "$current")); return ;;
    -f|--rc) COMPREPLY=($(compgen -f -- "$current")); return ;;
    -c|--timeout|--memory) return ;;
  esac
  if [[ $current == -* ]]; then
    _kosh_words -c -f --format --from --to --color --timeout --memory --load-from --read-only \
      --keep-going --rc --no-rc --quiet --version --help
    return
  fi
  COMPREPLY=($(compgen -f -X '!*.@(kosh|ttl|trig|nt|nq|rq|ru|gz)' -- "$current") $(compgen -d -- "$current"))
  if ((COMP_CWORD == 1)); then COMPREPLY+=($(compgen -W $'test\ncheck\nconvert' -- "$current")); fi
}
# Those that begin as the word of the caller.
_kosh_words() {
  COMPREPLY=($(compgen -W "$*" -- "$current"))
}
shopt -s extglob
complete -o filenames -F _kosh kosh
