;; Drives Emacs: opens a file, types a forbidden import, waits for the finding, suppresses it, and reports as JSON.
(require 'json)
(require 'eglot)
(require 'flymake)

(let* ((drive (json-parse-string (getenv "DRIVE") :array-type 'list))
       (user (nth 0 drive))
       (snippet (nth 2 drive))
       (report (nth 3 drive))
       (result nil))
  (setq eglot-sync-connect 30
        eglot-send-changes-idle-time 0
        eglot-extend-to-xref nil
        eglot-confirm-server-initiated-edits nil)
  ;; What the documentation says that users write.
  (eval (car (read-from-string (concat "(progn " snippet ")"))) t)

  (cl-labels
      ((finish (code)
         (with-temp-file report (insert (json-encode result)))
         (kill-emacs code))
       (wait-for (what condition)
         (let ((end (+ (float-time) 60)))
           (while (not (funcall condition))
             (when (> (float-time) end)
               (push (cons 'failed what) result)
               (finish 1))
             (accept-process-output nil 0.05)
             ;; What idle timers would do: nobody is idle in a batch.
             (when eglot--managed-mode (eglot--signal-textDocument/didChange)))))
       (found ()
         (mapcar (lambda (each)
                   (save-excursion
                     (goto-char (flymake-diagnostic-beg each))
                     (vector (flymake-diagnostic-text each)
                             (line-number-at-pos)
                             (- (point) (line-beginning-position))
                             (buffer-substring-no-properties
                              (flymake-diagnostic-beg each) (flymake-diagnostic-end each)))))
                 (flymake-diagnostics)))
       (type (text) (erase-buffer) (insert text)))
    (find-file user)
    (python-mode)
    (run-hooks 'post-command-hook)
    (wait-for "server" (lambda () eglot--managed-mode))
    (flymake-mode 1)
    (type "X = '🙂漢'; import app.services.rates\n")
    (flymake-start)
    (wait-for "finding" (lambda () (= 1 (length (found)))))
    (push (cons 'found (vconcat (found))) result)

    (goto-char (flymake-diagnostic-beg (car (flymake-diagnostics))))
    (let* ((actions (eglot-code-actions (point) (line-end-position) nil))
           (action (cl-find "Ignore LC101 here" (append actions nil)
                            :key (lambda (each) (plist-get each :title)) :test #'equal)))
      (eglot--apply-workspace-edit (plist-get action :edit)))
    (wait-for "action" (lambda () (null (found))))
    (push (cons 'text (buffer-string)) result)
    (push (cons 'modified (and (buffer-modified-p) t)) result)
    (set-buffer-modified-p nil)
    (finish 0)))
