# bash completion for kosh
_kosh() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
  case $previous in
    --format) COMPREPLY=($(compgen -W 'table lines csv tsv json xml markdown turtle ntriples' -- "$current")); return ;;
    --from|--to) COMPREPLY=($(compgen -W 'kosh turtle trig ntriples nquads' -- "$current")); return ;;
    --color) COMPREPLY=($(compgen -W 'auto always never' -- "$current")); return ;;
    --load-from) COMPREPLY=($(compgen -d -- "$current")); return ;;
    -f|--rc) COMPREPLY=($(compgen -f -- "$current")); return ;;
    -c|--timeout|--memory) return ;;
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W '-c -f --format --from --to --color --timeout --memory --load-from --read-only
      --keep-going --rc --no-rc --quiet --version --help' -- "$current"))
    return
  fi
  COMPREPLY=($(compgen -f -X '!*.@(kosh|ttl|trig|nt|nq|rq|ru|gz)' -- "$current") $(compgen -d -- "$current"))
  if ((COMP_CWORD == 1)); then COMPREPLY+=($(compgen -W 'test check convert' -- "$current")); fi
}
shopt -s extglob
complete -o filenames -F _kosh kosh
